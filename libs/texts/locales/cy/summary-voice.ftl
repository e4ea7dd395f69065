### Llais y person ei hun, a chynnydd.

## Crynodeb, adran Llais

voice-first = Mae'n cael blaenoriaeth dros bob hanes arall (canllawiau, adran 5.1).
no-voice-for-all = Nid oes hanes gan y person ei hun y caiff pawb sy'n mynychu ei weld; efallai fod un yn hysbys i'ch asiantaeth chi. Pwy sydd wedi gofyn, pryd, ac a oedd y person ar ei ben ei hun?
no-voice = Nid oes hanes gan y person ei hun yn hysbys i chi. Pwy sydd wedi gofyn, pryd, ac a oedd y person ar ei ben ei hun?

## Crynodeb, adran Cynnydd a chryfderau

six-months = Nid yw newidiadau wedi gwreiddio nes iddynt gael eu cynnal am o leiaf chwe mis (canllawiau, adran 4).
no-progress = Nid oes dim yn hysbys i chi. Beth sy'n mynd yn dda?
what-has-worked = { $on }, { $agency }: yr hyn sydd wedi gweithio { $words }
strength-until = ers { $since }; cyrhaeddir chwe mis ar { $until }
strength-reached = ers { $since }; cyrhaeddwyd chwe mis ar { $until }. A yw wedi parhau?

## Crynodeb, adran Newidiadau sydd heb eu cynnal am chwe mis eto

change-confirmed = { $what }: honnir ers { $since }; cadarnhawyd gan: { $confirmed }; cyrhaeddir chwe mis ar { $until }
change-unconfirmed = { $what }: honnir ers { $since }; heb ei gadarnhau gan neb sy'n hysbys i chi; cyrhaeddir chwe mis ar { $until }
change-unconfirmed-reached = { $what }: honnir ers { $since }; heb ei gadarnhau gan neb sy'n hysbys i chi; cyrhaeddwyd chwe mis ar { $until }
change-sustained = { $what }: honnir ers { $since }; cadarnhawyd gan: { $confirmed }; cyrhaeddwyd chwe mis ar { $until }. A yw wedi parhau?
change-not-lasted = { $what }: honnir ers { $since }; ni pharhaodd: { $ended }
change-who-knows = Pwy sydd wedi ei weld drosto'i hun?
