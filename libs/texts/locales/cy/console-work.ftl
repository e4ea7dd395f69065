### Lists on the console: approvals, escalations, meetings, governance.

## Console, approvals

console-waiting = Yn aros am benderfyniad
console-waiting-what = Rhywun heblaw'r sawl a'i cynigiodd sy'n penderfynu. Ar ôl tri diwrnod gwaith rhestrir cynnig fel un heb ei benderfynu, heb ragofalon.
console-reviews-due = Adolygiadau sy'n ddyledus
console-objections = Gwrthwynebiadau i'w hateb

## Console, escalations

console-raised-by = Codwyd gan
console-open-only = Dim ond y rhai sy'n parhau
console-over-too = Y rhai sydd ar ben hefyd

## Console, meetings and the summary

console-meeting = Crynodeb cyn cyfarfod
console-chaired = Y mae eich asiantaeth yn eu cadeirio
console-attended-meetings = Y mae eich asiantaeth yn eu mynychu
console-for-chair = I'r cadeirydd yn unig
console-for-table = I bawb wrth y bwrdd
console-for-family = I'r aelodau hyn o'r teulu
console-for-family-show = Dangos eu tudalen
console-aloud-never = BYTH I'W DARLLEN YN UCHEL
console-aloud-table = DARLLEN YN UCHEL HEB Y TEULU YN UNIG
console-aloud-family = GELLIR EI DDARLLEN YN UCHEL IDDYNT
console-family-attends = Pwy o'r teulu sy'n bresennol
console-family-member = Aelod o'r teulu
console-since-when = Nodi beth sy'n newydd ers
console-since-hint = Y dydd yr edrychoch ddiwethaf
console-new = NEWYDD
console-note-exclusion = Nodi yr ystyriwyd eithrio rhywun

## Console, governance

console-accesses = Pwy edrychodd, a pham
console-accesses-of = Un o gofnodion eich asiantaeth
console-accesses-hint = Ei ddynodwr, fel y mae tudalen yr eitem yn ei ddangos; gwag: yr hyn yr edrychodd eich asiantaeth eich hun arno
console-own-accesses = Yr hyn yr edrychodd eich asiantaeth eich hun arno
console-outstanding = Eto i'w dderbyn
console-outstanding-what = Systemau nad ydynt wedi cydnabod bod rhywbeth wedi'i gywiro, ei gulhau neu ei ddileu; datgeliadau brys nad yw'r Bwrdd wedi'u hadolygu.
console-emergencies = Datgeliadau brys
console-not-let-in = Pwy na chafodd fynediad
console-not-taken = Heb ei gydnabod gan
console-acknowledge = Cydnabod
console-at = Pryd
console-who-looked = Pwy
console-call = Galwad
console-events = Cofnodion
console-why-column = Pam ddim
console-refused = gwrthodwyd
