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
console-chaired = Cyfarfodydd y mae eich asiantaeth yn eu cadeirio
console-attended-meetings = Cyfarfodydd y mae eich asiantaeth yn eu mynychu
console-for-chair = I'r cadeirydd yn unig
console-for-table = I bawb wrth y bwrdd
console-for-family = I'r aelodau hyn o'r teulu
console-for-family-show = Dangos eu tudalen
console-aloud-never = PEIDIWCH BYTH Â'I DDARLLEN YN UCHEL
console-aloud-table = DIM OND PAN NAD YW'R TEULU'N BRESENNOL Y GELLIR EI DDARLLEN YN UCHEL
console-aloud-family = GELLIR EI DDARLLEN YN UCHEL IDDYNT
console-family-attends = Pwy o'r teulu sy'n bresennol
console-family-member = Aelod o'r teulu
console-since-when = Nodi beth sy'n newydd ers
console-since-hint = Y dydd yr edrychoch ddiwethaf
console-new = NEWYDD
console-note-exclusion = Nodi yr ystyriwyd eithrio rhywun

## Console, indicators

console-indicators = Dangosyddion
console-indicators-what = Yr hyn y mae'r Bwrdd yn ei gyfrif, yn ôl chwarter a blwyddyn, fel y gellir ei ddangos.
console-table = Tabl
console-period = Cyfnod
console-no-period = Nid oes unrhyw gyfnod wedi bod ar ben ers deg diwrnod eto: nid oes dim i'w ddangos.
console-early = Ymarfer: rhyddhawyd cyn i'w gyfnod ddod i ben. Nid ffigurau bwrdd mo'r rhain.
console-headline = Cyfanswm yn { $period }: { $total }
console-drawing = Y rhifau wedi'u llunio fel barrau
console-same-numbers = Mae'r un rhifau yn y tabl isod.
console-code = Cod
console-category = Categori
console-count = Cyfrif, i'r 5 agosaf
console-percent = Y cant o'r cyfanswm
console-total = Cyfanswm
console-hidden-means = Mae * yn sefyll am 0 i 4, am nifer gan lai na thair asiantaeth neu'n bennaf gan un asiantaeth, neu am nifer a fyddai'n datgelu nifer arall.
console-several = Gall un cofnod gyfrif mewn sawl categori: nid ydynt yn gwneud y cyfanswm.
console-coverage =
    { $contributing ->
        [zero] Ni chyhoeddodd yr un asiantaeth o { NUMBER($agencies) } ddim.
        [one] Cyhoeddwyd gan 1 asiantaeth o { NUMBER($agencies) }.
        [two] Cyhoeddwyd gan 2 asiantaeth o { NUMBER($agencies) }.
        [few] Cyhoeddwyd gan 3 asiantaeth o { NUMBER($agencies) }.
        [many] Cyhoeddwyd gan 6 asiantaeth o { NUMBER($agencies) }.
       *[other] Cyhoeddwyd gan { $contributing } asiantaeth o { NUMBER($agencies) }.
    }
console-reporting = Gall mwy o adroddiadau olygu adrodd gwell, nid mwy o berygl. Ni osodir asiantaethau mewn trefn restrol.
console-released = Rhyddhawyd
console-up-to = Yn cynnwys yr hyn a gyhoeddwyd hyd at
console-download = Lawrlwytho

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
