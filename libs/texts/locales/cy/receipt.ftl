### Derbynebau: yr ateb a gaiff system pob asiantaeth.

## Pob derbynneb, yn y ddwy iaith y naill ar ôl y llall

not-a-report = Nid galwad frys (999) yw hon, nac adroddiad o dan a128/a130 o Ddeddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014, nac adroddiad RIDDOR.
