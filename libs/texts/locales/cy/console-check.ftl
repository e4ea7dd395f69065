### The console's check before a visit, and finding items about somebody.

## Console, check before a visit: the form

console-check-how = Rhowch bopeth sydd gennych: dynodwyr person a'r fangre. Dim ond dynodwyr union sy'n canfod rhywbeth.
console-nhs = Rhif GIG
console-nhs-hint = Deg digid
console-uprn = UPRN y fangre
console-uprn-hint = Cyfeirnod unigryw eiddo, hyd at ddeuddeg digid
console-local = Eich rhif achos eich hun
console-local-hint = Fel y mae yn system achosion eich asiantaeth
console-upn = Rhif unigryw disgybl
console-upn-hint = Llythyren a deuddeg nod
console-planned = Ar gyfer pryd y mae'r ymweliad wedi'i gynllunio
console-planned-hint = Dewisol: daw â nodiadau atgoffa am olau dydd ac oriau gwaith
console-day = Dydd
console-time = Amser
console-check-now = Gwirio
console-identifier-needed = Rhowch o leiaf un dynodwr
console-day-wrong = Nid yw'r dydd yn ddyddiad: defnyddiwch y calendr, neu BBBB-MM-DD
console-time-wrong = Nid yw'r amser yn amser o'r dydd: ysgrifennwch 14:05

## Console, check before a visit: the answer

console-checked = Yr hyn sy'n hysbys i chi
console-check-another = Gwirio un arall
console-finding = Cymerwch y rhagofalon hyn
console-finding-without = Adroddwyd am berygl, heb enwi rhagofalon
console-open-item = Agor yr eitem
console-reminders = I'w gofio
console-more-findings = Mae mwy o ganfyddiadau nag y gall un ateb eu dal: gofynnwch eto gyda llai o ddynodwyr.
console-searched = Chwiliwyd am
console-check-note = Rwyf wedi cymryd sylw
console-check-note-what = Cofnodir eich bod wedi gwneud hynny. Dywedir wrth bwy bynnag a adroddodd, fel am ddarlleniad.
console-check-noted = Wedi'i gofnodi
console-check-noted-what = Cofnodwyd eich bod wedi cymryd sylw ar

## Console, items about a person or premises

console-about = Eitemau am berson neu fangre
console-about-what = Canfod eitemau am berson neu fangre
console-about-another = Canfod am un arall
console-about-how = Yn ôl dynodwyr union. Nid ydynt yn ymddangos mewn unrhyw gyfeiriad gwe nac yn hanes y porwr.
console-find = Canfod
