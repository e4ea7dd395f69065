### Yr ystafell: eithrio, pwy gaiff ddweud beth, a'r hyn a fyddai'n dychwelyd pe bai rhywun yn gadael.

## Crynodeb, adran Eithrio: seiliau i'w hystyried, byth argymhelliad

chair-decides = Y cadeirydd sy'n penderfynu.
exclusion-note = Seiliau i'w hystyried, nid argymhelliad. { chair-decides }
ground-possible = sail bosibl: { $ground }
exclusion-views = Sut y clywir barn y sawl a eithrir?
exclusion-explained = Pwy sy'n dweud wrtho pam, pryd a sut?
exclusion-request-by = I ofyn amdano erbyn { $by }; gellir gwneud cais ynghylch perygl ar y diwrnod ei hun.
exclusion-recorded = { $person }: eithrio: { $extent }; sail: { $ground }; sut y clywyd ei farn: { $how }

## Crynodeb, adran Pwy sydd yn yr ystafell

not-for-the-room = NID AR GYFER YR YSTAFELL
room-note = Nid yw llinell sydd wedi'i nodi { not-for-the-room } ar dudalen y gweithwyr proffesiynol tra bydd asiantaeth y mae ei llythyren yn dilyn yn bresennol.
would-return-count =
    { $count ->
        [zero] Ni fyddai unrhyw linell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
        [one] Byddai 1 llinell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
        [two] Byddai 2 linell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
        [few] Byddai 3 llinell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
        [many] Byddai 6 llinell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
       *[other] Byddai { $count } llinell yn dychwelyd pe bai'r asiantaeth hon yn gadael: { $agency }
    }
holds-no-groups = Hefyd yn yr ystafell: { $who }. Ni chyfyngwyd y dudalen ar eu cyfer: byddwch yn ofalus beth a ddywedir.

## Crynodeb, adran Yr hyn y caiff pob asiantaeth ei ddweud o flaen y teulu

may-say = { $agency }: caiff ddweud: { $lines }
ask-first = { $agency }: dim ond ar ôl gofyn i'r tarddwr: { $lines }
may-not-say = { $agency }: dim
