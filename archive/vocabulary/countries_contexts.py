"""Where a country's name is not the country: in the name of a company, an authority, a law, a street, a person, an American town,
in a sea, a currency, a good; and where ideographs of two words meet and look like one.

Latin script is judged by the words on both sides; Chinese and Japanese by the run of characters that the name stands in.
"""

from __future__ import annotations

import re

# Longer phrases that hold a country's name and are none, in lower case without accents; they win as the longer match.
PHRASES = frozenset(
    """new guinea|沙特阿美|沙烏地阿美|サウジアラムコ|new jersey|new mexico|gulf of mexico|gulf of guinea|gulf of oman|gulf of thailand|gulf of aden|sea of japan|south china sea|east china sea|china sea
    |sea of oman|strait of hormuz|taiwan strait|taiwan straits|strait of taiwan|panama canal|panama city|mexico city|kuwait city|guatemala city
    |inner mongolia|inner-mongolia|northern ireland|north of ireland|northern cyprus|indochina|french indochina|district of columbia|british columbia
    |jersey city|guinea pig|guinea pigs|guinea fowl|guinea-pig|brazil nut|brazil nuts|turkey shoot|cold turkey|india ink|indian ocean|china clay|bone china
    |fine china|china cabinet|china syndrome|panama hat|panama hats|panama papers|panama disease|jordan almonds|bermuda shorts|bermuda grass
    |bermuda triangle|cuba libre|crimean-congo|crimea-congo|crimean congo|congo hemorrhagic|congo haemorrhagic|krim-kongo|kongo-krim|krim-kongo-fieber|kongo-krim-fieber|crimee-congo|japan-b-enzephalitis|japan-enzephalitis|クリミア・コンゴ|クリミアコンゴ|克里米亚-刚果|克里米亚刚果|克里米亞-剛果|克里米亞剛果|japan wax|chile pepper|chile peppers|chile relleno|jersey cow|jersey cows|jersey cattle|jersey shore|jordan river
    |river jordan|niger delta|niger river|niger state|congo river|congo red|congo basin|sudan black|sudan red|sudan dye|sudan i|sudan iv|malta fever
    |guernsey cow|guernsey cattle|jamaica plain|jamaica pepper|guinea worm|guinea hen|guinea corn|guinea grass|turkey red|chile con carne|chile verde|jordan canonical form|jordan algebra|jordan block|jordan measure|malta cross|bermuda onion|jersey barrier|jersey knit|jersey fabric|guernsey lily|iceland poppy|cedar of lebanon|lebanon bologna|georgia clay|hanging chad|china rose|china doll|china grass|china blue|india rubber|india paper|india pale ale|niger seed|holland lop|japan black|japan lacquer|brazil wood|brazil wax|peru lily|cuba libre cocktail|credit suisse|jordan curve|jordan curves|jordan form|jordan normal form|gauss-jordan|jordan decomposition|norfolk island pine|hungary water
    |greenland whale|greenland shark|iceland spar|iceland moss|cayenne pepper|peru balsam|balsam of peru|cyprus tree|cyprus trees|poland spring
    |holland sauce|holland tunnel|holland house|samoa cookies|netherlands antilles|georgia pine|georgia tech|georgia peach|georgia peaches|korea strait
    |sea of korea|mainland tanzania|portugal laurel|spain peninsula|ivory coast line|south georgia|state of georgia|georgia state|mexico, missouri
    |new caledonian|new zealander|new zealanders|golf von mexiko|golf von guinea|golf von oman|japanisches meer|indischer ozean|sudchinesisches meer
    |ostchinesisches meer|panamakanal|panama-kanal|panama-stadt|mexiko-stadt|kuwait-stadt|guatemala-stadt|nordirland|nordzypern|innere mongolei|neu-mexiko
    |neuengland|formosastraße|taiwanstraße|taiwan-straße|golfe du mexique|golfe de guinee|golfe d'oman|mer du japon|mer de chine|mer de chine meridionale
    |mer de chine orientale|canal de panama|ville de panama|nouveau-mexique|irlande du nord|mongolie interieure|chypre du nord|detroit de taiwan
    |detroit de coree|ocean indien|ile de france|ile-de-france|china-porzellan|noix du bresil|cochon d'inde|cochons d'inde|porcelaine de chine|porcelaines de chine|encres de chine|encre de chine|ombre chinoise
    |oeillet d'inde|œillet d'inde|œillets d'inde|poivre de cayenne|tour de france|equipe de france|air france|法國號|法国号|瑞士刀|瑞士军刀|瑞士軍刀|瑞士卷|美国之音|美國之音|美國在台協會|美国在台协会|台積電|台湾積体電路|台灣積體電路|泰國米|泰国米|泰国香米|泰國香米|タイ米|瑞士捲|巴西木|巴西龟|巴西龜|德國牧羊犬|德国牧羊犬|泰國浴|泰国浴|日本腦炎|日本脑炎|荷兰豆|荷蘭豆|俄罗斯方块|俄羅斯方塊|俄罗斯轮盘|俄羅斯輪盤|英国管|英國管|法国梧桐|法國梧桐|加拿大鹅|加拿大鵝|阿富汗猎犬|阿富汗獵犬|中国象棋|中國象棋|中国结|中國結|印度教|印度象|西班牙流感|墨西哥卷饼|墨西哥捲餅|土耳其烤肉|爱尔兰咖啡|愛爾蘭咖啡|荷兰猪|荷蘭豬|几内亚猪|日本犬|日本鰻|チリワイン|アイルランドコーヒー|スペイン風邪|カナダグース|イタリアンレザー|日本海|日本海溝|マルタ熱菌|マルタ熱|東シナ海|南シナ海|日本酒|日本刀|日本茶|日本食|日本料理|日本語|日本時間|日本円|日本銀行|日本橋|日本脳炎|日本猿|日本晴
    |日本髪|西日本|東日本|中日本|北日本|南日本|全日本|新日本|大日本|中国語|中国料理|中国茶|中国地方|中国電力|中国山地|中国新聞|中国銀行|中国四国|韓国語|韓国料理|朝鮮半島|朝鮮語|朝鮮戦争|朝鮮人参|台湾海峡|台湾語|台湾銀行|香港ドル|台湾ドル|新台湾ドル|米国債|トルコ石|チリ硝石
    |インド洋|インド哲学|メキシコ湾|ギニア湾|オマーン湾|パナマ運河|タイ語|タイ米|タイ料理|ドイツ語|フランス語|フランス料理|ロシア語|イタリア語|イタリア料理|スペイン語|オランダ語|スイスフラン|カナダドル|オーストラリアドル|シンガポールドル|ニュージーランドドル|アメリカ英語|アメリカドル
    |米国ドル|南アメリカ|北アメリカ|中央アメリカ|中アメリカ|ラテンアメリカ|北アイルランド|ニューメキシコ|ニュージャージー|内モンゴル|ジョージア州|ジョージア工科大学|ポルトガル語|ベトナム語|トルコ語|ギリシャ語|ギリシャ文字|スウェーデン語|イギリス英語|ブラジルナッツ|ペルシャ
    |キプロス島北部|ヨルダン川|ガーナチョコレート|ジャージー牛|モンゴル語|韓国ウォン|台湾新聞|中国话|中國話|中国字|中国菜|中國菜|日本话|日本元|日元|韩国话|越南语|越南語|印度洋|印度支那|印度教|北印度语|阿拉伯语|臺灣海峽|台灣海峽|朝鲜半岛|朝鲜族|朝鮮族|朝鲜语|朝鲜战争|朝鮮戰爭
    |内蒙古|內蒙古|蒙古族|蒙古包|蒙古语|马里兰|馬里蘭|马里亚纳|馬利亞納|苏丹红|蘇丹紅|墨西哥湾|墨西哥灣|几内亚湾|幾內亞灣|阿曼湾|阿曼灣|巴拿马运河|巴拿馬運河|北爱尔兰|北愛爾蘭|新墨西哥|新泽西|新澤西|巴西坚果|巴西堅果|荷兰豆|荷蘭豆|荷兰语|俄罗斯族|俄罗斯语|英国英语|法国梧桐
    |法国大革命|德国牧羊犬|南中国海|南中國海|东中国海|東中國海|日本脑炎|香港脚|香港腳|港元|港币|台币|新台币|新臺幣|加拿大元|加元|澳大利亚元|澳元|新加坡元|新西兰元|美国英语|喬治亞州|喬治亞理工|佐治亚|佐治亞|意大利语|意大利面|义大利麵|西班牙语|西班牙流感|葡萄牙语|希腊语
    |希腊字母|希臘字母|瑞士法郎|土耳其语|波兰语|约旦河|約旦河|刚果河|剛果河|尼日尔河|智利硝石|泰国语|理查德森|发展中国家|發展中國家|發展中国家|欧美国家|歐美國家|北美国家|南美国家|拉美国家|中国际|中國際|美国际|法国际|中国务院|中國務院|中国家级|完美国|完美國|精美国|日本金
    |日本息|georgia-pacific|georgia pacific|canada goose|canada geese|peru balsam|balsam of peru|iceland moss|bernache du canada|bernaches du canada|baume du perou|カナダ雁|カナダガン|ペルーバルサム|加拿大雁|cuban heel|egypt mau|turkey oak|norway spruce|norway maple|norway rat|norway lobster|sri lanka spinach|singapore sling|singapore noodles|brazil wood|indian ink|india rubber|japan drop|china pattern|afghan hound|egyptian cotton|jamaica rum|tinte china|denmark cheese|bouree|toile de jouy|iceland spar|scotch|malta cross|cuba pudding|java sparrow|bolivia hat|kenya coffee|colombia coffee|cayenne de guyane|朝鲜半島|朝鮮半岛|チリ紙|オランダ煎餅|チリペッパー|日本経済新聞|中国新聞|日本脳炎|スイスアーミー|ギニアピッグ|ブラジルナット|埃及艳后|埃及豔后|埃及豔後|土耳其石|瑞士军刀|瑞士軍刀|瑞士奶酪|智利番石榴|墨西哥城|巴拿马城|巴拿馬城|危地马拉城|科威特城|新几内亚岛|新幾內亞島|法国长棍|法国号角|意大利面|俄式
    """.replace("\n", "").replace("    |", "|").strip().split("|")
)  # fmt: skip

_CAPITALS = "Beijing|Shanghai|Shenzhen|Guangzhou|Chengdu|Wuhan|Nanjing|Xi'an|Tianjin|Chongqing|Hangzhou|Suzhou|Kowloon|Taipei|Hsinchu|Tokyo|Osaka|Kyoto|Nagoya|Yokohama|Seoul|Busan|Incheon|Pyongyang|Moscow|Petersburg|Novosibirsk|Kazan|Minsk|Kyiv|Kiev|Tehran|Isfahan|Shiraz|Baghdad|Damascus|Beirut|Amman|Dubai|Sharjah|Dhabi|Doha|Riyadh|Jeddah|Kuwait|Manama|Muscat|Sanaa|Istanbul|Ankara|Izmir|Islamabad|Karachi|Lahore|Rawalpindi|Delhi|Mumbai|Bangalore|Chennai|Hyderabad|Dhaka|Colombo|Kathmandu|Bangkok|Hanoi|Jakarta|Manila|Lumpur|Penang|Singapore|Yangon|Phnom|Penh|Vientiane|Almaty|Astana|Tashkent|Bishkek|Dushanbe|Ashgabat|Baku|Yerevan|Tbilisi|Havana|Caracas|Bogota|Lima|Quito|Santiago|Brasilia|Paulo|Janeiro|Aires|Montevideo|Cairo|Alexandria|Tripoli|Tunis|Algiers|Rabat|Casablanca|Khartoum|Juba|Nairobi|Kampala|Addis|Ababa|Mogadishu|Lagos|Abuja|Accra|Dakar|Pretoria|Johannesburg|Harare|London|Paris|Berlin|Munich|Frankfurt|Hamburg|Vienna|Zurich|Geneva|Bern|Rome|Milan|Madrid|Barcelona|Lisbon|Amsterdam|Rotterdam|Brussels|Luxembourg|Copenhagen|Stockholm|Oslo|Helsinki|Warsaw|Prague|Budapest|Bucharest|Sofia|Athens|Nicosia|Limassol|Belgrade|Zagreb|Ljubljana|Sarajevo|Skopje|Tirana|Pristina|Chisinau|Riga|Vilnius|Tallinn|Valletta|Dublin|Reykjavik|Toronto|Ottawa|Montreal|Vancouver|Sydney|Melbourne|Canberra|Auckland|Wellington|Panama"
_REGIONS = "Province|Region|Territories|Island|Prefecture|Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|Jiangsu|Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Xinjiang|Yunnan|Zhejiang|Tibet|Dalian|Qingdao|Xiamen|Wuxi|Hefei|Changsha|Zhengzhou|Kunming|Harbin|Shenyang|Dongguan|Zhuhai|Foshan|Ningbo|Selangor|Johor|Punjab|Sindh|Gujarat|Karnataka|Maharashtra|Ontario|Quebec|Queensland|Victoria|Bavaria|Ajman|Fujairah|Faisalabad|Peshawar|Lahore|Ekaterinburg|Yekaterinburg|Zelenograd|Samara|Tomsk|Omsk|Perm|Ufa|Vladivostok|Kaliningrad|Sevastopol|Simferopol|Kerch|Yalta|Donetsk|Luhansk|Lviv|Odesa|Odessa|Kharkiv|Gomel|Brest"
CITIES = frozenset(_CAPITALS.split("|")) | frozenset(_REGIONS.split("|"))
"""Towns and regions that may stand before a country's name without a comma, in an address."""

STATES = frozenset(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|Ohio|Oklahoma|Oregon|Pennsylvania|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|New York|New Jersey|New Mexico|New Hampshire|North Carolina|South Carolina|North Dakota|South Dakota|West Virginia|Rhode Island".split(
        "|"
    )
)
_STATE = "|".join(sorted(STATES))
_POSTAL = "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
_TOWNS_OF_GEORGIA = "Atlanta|Savannah|Augusta|Macon|Columbus|Athens|Marietta|Alpharetta|Norcross|Duluth|Roswell|Decatur|Smyrna|Kennesaw|Peachtree City|Warner Robins|Valdosta|Albany|Rome|Dalton|Gainesville|Lawrenceville|Suwanee|Fort Benning|Fort Gordon|Cumming|Buford|Tucker|Statesboro|Cairo|Dublin|Vienna|Vidalia|LaGrange|Newnan|Sandy Springs|Johns Creek|Douglasville|Tifton|Thomasville|Cordele|Griffin|Carrollton|Conyers|Moultrie|Bainbridge|Waycross|Brunswick"
US_TOWN = re.compile(rf"^,\s*(?:(?:{_STATE})\b|(?:{_POSTAL})\b(?:\.|,|\s+\d{{5}}|\s*$|(?=[\s).;])))")
"""After the name of a town called like a country: Lebanon, Pennsylvania."""
GEORGIA_STATE_BEFORE = re.compile(
    rf"(?:\b(?:{_TOWNS_OF_GEORGIA}),\s+|\b(?:State|state|University|Bank|District|Governor|governor)\s+of\s+|\b(?:{_STATE}),?\s+(?:and|or)\s+|\b(?:{_STATE}),\s+)$"
)
GEORGIA_STATE_AFTER = re.compile(
    rf"^(?:,?\s+(?:USA|U\.S\.A?\.?|United States)\b|,?\s+\d{{5}}\b|,\s+(?:{_STATE})\b|,?\s+(?:and|or)\s+(?:{_STATE})\b|\s+(?:residents|voters|legislature|lawmakers))"
)

BANK_BEFORE = re.compile(r"\b(?:Bank|Banco|Banca|Banque)\s(?:[A-Z][\w-]+\s){0,2}$")
"""Bank Negara Malaysia."""
_ORG = r"(?:Bank|Ministry|Minister|Department|University|College|Academy|Academies|Institute|Institution|School|Embassy|Consulate|Agency|Authority|Administration|Bureau|Office|Commission|Committee|Council|Court|Parliament|Senate|Assembly|Customs|Association|Society|Chamber|Corporation|Company|Airlines|Airways|Museum|Navy|Army|Force|Forces|Police|Law|Act|Regulations?|Constitution|Code|Treaty|Statutes?|Ordinance|Order|Standards?|Federation|Foundation|Laboratory|Center|Centre|Union|Press|Radio|Television|Exchange|Board|Secretariat|Laws|Industries|Industry|Trade|Commerce|Railways?|Organi[sz]ations?|Airports?|Ports|Crescent|Cross|Registry|Fund|Treasury|Mint|Guards?|Confederation|League|Alliance|Consortium|Observatory|Hospital|Trust|Broadcasting|Lines?|Shipping|Telecom|Telecommunications?|Post)"
ORGANISATION_OF = re.compile(
    rf"""(?:\b{_ORG}(?:\s+(?:of|for|and|the|on|&|[A-Z][\w'’-]*),?)*\s+of\s+(?:the\s+)?$
    |\b(?:\w*[Mm]inisteri(?:um|ums|en)|\w*[Bb]ank|\w*[Uu]niversität|\w*[Aa]kademie|\w*[Ii]nstituts?|\w*[Bb]otschaft|\w*[Pp]arlaments?|\w*[Bb]ehörde|\w*[Kk]ommission|\w*gesetz(?:es|buch)?|\w*[Vv]erordnung|\w*[Vv]erfassung|Gericht(?:shof)?|\w*kammer)(?:\s+(?:für|und|der|des|die|[A-ZÄÖÜ][\w-]*),?)*\s+(?:von|der|des)\s+$
    |\b(?:[Mm]inistère|[Bb]anque|[Uu]niversité|[Aa]cadémie|[Ii]nstitut|[Aa]mbassade|[Aa]gence|[Pp]arlement|[Cc]our|[Cc]hambre|[Cc]onstitution|[Ll]oi|[Dd]écret|[Rr]èglement|Compagnie|Société|Office|Organisation|Ordre|Croix-Rouge|Croissant-Rouge|Fonds|Forces?|Armée|Marine|Douanes?|Poste|Assemblée|Sénat|Autorité|École|Bureau|Commissariat|Trésor|Chemins|Port|Lycée|Ligue|Loterie)(?:\s+(?:autonome|minière?|maritimes?|aérien(?:ne)?s?|spatiale?|atomique|militaire|islamique|fédérale?|royale?|générale?|publique|monétaire|pétrolière?|nucléaire|commerciale?|postale?|sociale?|fer|armées?|de|du|des|la|le|les|sur|et|populaire|nationale?|centrale?|suprême|[Cc]ommerce|[a-zé]*\s?extérieur|contrôle|exportations?|affaires|étrangères|défense|sciences|technologie|[A-ZÉ][\w’'-]*)|\s+[dl]['’][\wé]+)*\s+(?:de\s+la\s+|de\s+l['’]|du\s+|des\s+|de\s+|d['’])$)""",
    re.X,
)
STREET_BEFORE = re.compile(
    r"\b(?:rue|avenue|boulevard|place|quai|square|impasse|cours|allée|chemin|route|calle|Rue|Avenue|Boulevard|Place|Quai|Straße|Platz)\s+(?:de\s+la\s+|de\s+l['’]|du\s+|des\s+|de\s+|d['’]|der\s+|von\s+)?$"
)
PERSON_BEFORE = re.compile(
    r"\b(?:Mr|Ms|Mrs|M|MM|Dr|Prof|Sen|Rep|Gov|Lt|Col|Gen|Capt|Sgt|Hon|Herr|Herrn|Frau|Richter|Richterin|Rechtsanwalt|Rechtsanwältin|Maître|Me|Mme|Mlle|Monsieur|Madame|Professor|Senator|Congressman|Congresswoman|Judge|Justice|Sir|Lady|President|Secretary|Chef)\.?\s+(?:[A-Z]\.\s+)?$"
)
AFTER_NAME_LOWER = re.compile(
    r"^[\s-](?:rugby|football|cricket|soccer|hockey|grass|fever|hemp|nut|dollars?|francs?|pounds?|pesos?|rupees?|riyals?|rials?|dinars?|dirhams?|shillings?|krone[nr]?|kronor|yen|won|baht|lira|reais|real|ringgit|rand|tenge|naira|kwacha|birr|taka|dong|zloty|forint|hryvnia|rupiah|rou?bles?|lari|dram|shekels?|kyat|kip|riel|cedi|lempira|quetzal|guarani|manat|som|colon|bolivar|nuts?|sandwich(?:es)?|breast|meat|farms?|dinner|eggs?|stuffing|soup|hunt(?:ing)?|vultures?|feathers?|bacon|burger|porcelain|plates?|teacups?|teapots?|ink|clay|cabinets?|shop)\b"
)
"""Currencies and goods after the name."""
COMPANY_WORDS = re.compile(
    r"^(?:[\s,&-]+(?:\([A-Z][\w. ]*\)\s*)?(?:[A-ZÄÖÜÉ][\w'’.&/-]*|and|of|for|the|und|für|de|du|des|et)){0,6}?[\s,]+(?:GmbH|AG|KG|SE|S\.A\.S?|SA|SARL|N\.V\.|B\.V\.|Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|Co|Group|Holdings?|Bank|University|Institute|Aerospace|Airlines|Airways|Air|Industries|Technolog(?:y|ies)|Electronics|Academy|Act|Law|Convention|Accords?|Declaration|Protocol|Treaty|Regulations?|Authority|Agency|Ministry|Commission|Customs|Association|Street|Road|Avenue|Boulevard|Lane|Drive|Universität|Institut|Straße|Gesetz|Verordnung|Ministerium)\b"
)
LAW_WIDE = re.compile(
    r"^(?:对外(?:贸易|关系)法|對外(?:貿易|關係)法|[^》〉>\n]{0,40}(?:法|条例|條例|规定|規定|办法|辦法|令|协定|協定|公约|公約|决定|決定|规则|規則|規程|条約)[》〉>])"
)
"""After a name that opens a title in brackets (the first form: without them as well)."""
COMPANY_PAREN_AFTER = re.compile(
    r"^\)\s*(?:[A-Z][\w&'-]*\s+){0,6}(?:GmbH|AG|Inc|LLC|Ltd|Limited|Corp|Corporation|Company|Co\b|Pte|Pty|Sdn|Holdings?|S\.A|N\.V|B\.V|K\.K|Oyj?\b|AB\b|SpA|S\.p\.A|SASU?\b|SA\b|SARL|S\.à|KG\b|SE\b|PLC|plc|LLP|LP\b|Ltda|Lda|S\.?[rR]\.?[lL]|ASA?\b|A/S|d\.o\.o|Bhd|Tbk|Group|Branch|Bank|FZE|FZCO|FZ-LLC|DMCC|W\.L\.L|OOO|ZAO|JSC|PJSC)|^\)\s*(?:有限公司|股份|集团|集團|株式会社|[一-鿿]{1,12}(?:有限公司|公司|集团|集團|株式会社))"
)
SMALL_BEFORE = frozenset(
    """In To From For And Or Of The With By Between Against Into Via Toward Towards Neither Nor Both Either Except Excluding Including Include Includes Like Unlike Within Outside Inside Mainland Republic Add Adds Added Adding Remove
    Removes Removed Removing Insert Inserts Inserted Revise Revises Amend Amends Delete Deletes Replace Replaces Destination Destinations Country Countries Region State Territory Export Exports Exporting Reexports Shipments Sales Transfers Since When While If Because Although After Before Under On At As
    That This Only Also But Not No Where Whereas However Today Nach In Aus Von Für Mit Der Die Das Und Oder Gegen Über Bei Zu Im Am Den Dem Des Zwischen Ausfuhren Lieferungen Neben Ohne Auch Nur Wenn Dass Vers Avec Pour Par Dans Depuis Entre Sur Le La Les Un Une Des Du Au Aux Et Ou En Sauf Contre Chez Selon Si Seule Seul Comme Exportations
    Northern Southern Eastern Western Central Greater Modern Post Pre""".split()
)
"""Capitalised words that may stand before a country's name and are no part of it."""
ALLOWED_AFTER = re.compile(
    r"^\s(?:Special\sAdministrative|SAR\b|Country\sGroups?|And\b|Or\b|The\b|In\b|To\b|From\b|For\b|With\b|Under\b|On\b|By\b|As\b|Is\b|Are\b|Has\b|I+\b|ECCNs?\b|EAR99|Entity\sList|Military\sEnd|MEU|UVL|January|February|March|April|May|June|July|August|September|October|November|December|Column|Footnote|License|Licence|D:|E:|A:)"
)
PERSONS = frozenset({"jordan", "chad", "georgia", "israel", "kenya", "india", "malta", "jersey", "guernsey", "ireland", "france", "germany", "holland", "cuba", "paris", "dominica", "china", "america", "england", "brazil", "mali", "wales", "trinidad", "norway", "poland", "montenegro", "cyprus", "oman"})  # fmt: skip
FIRST_NAMES = frozenset(
    "Michael John David James Robert William Mary Anna Maria Peter Paul Thomas Barbara Susan Sarah Emily Anne Jane Kate Karen Linda Lisa Laura Julia Emma Hamilton Vernon Louis Neil Jim Joe Jack Tom Tim Bob Bill Sam Steve Stephen Mark Andrew George Richard Charles Edward Henry Frank Eric Kevin Brian Jason Daniel Matthew Christopher Anthony Patricia Jennifer Elizabeth Nancy Sandra Ashley Kimberly Donna Carol Michelle Amanda Melissa Deborah Stephanie Rebecca Sharon Cynthia Kathleen Amy Angela Shirley Brenda Pamela Nicole Ruth Katherine Samantha Christine Jean Pierre Jacques Marie Hans Karl Fritz Klaus Air Bank Radio Petro Royal Hotel Restaurant Team Miss Café Cafe Club FC Huawei Intel Samsung Sony Toyota Siemens Bosch Hitachi Toshiba Nokia Vodafone Airbus Boeing Deloitte KPMG Microsoft Google Apple IBM Dell HP Oracle ASML BASF Bayer Allianz Orange Renault Peugeot Stellantis Thales Leonardo Safran Dassault Northrop Lockheed Raytheon Honeywell Philips Ericsson Alcatel Canon Nikon Panasonic Fujitsu NEC Sharp Kyocera Mitsubishi Mitsui Sumitomo Honda Nissan Mazda Suzuki Yamaha Kawasaki Hyundai LG Kia Tesla Volvo Scania Volkswagen Audi BMW Mercedes Porsche Continental Thyssenkrupp Rheinmetall SAP Infineon Zeiss Trumpf Merck Novartis Roche Nestlé Unilever Shell Total TotalEnergies Chevron ExxonMobil Aramco Rosneft Gazprom Lukoil ZTE Lenovo Xiaomi Alibaba Tencent Baidu ByteDance SMIC TSMC Foxconn Micron Qualcomm Broadcom Nvidia NVIDIA AMD Cisco Amazon Meta Facebook Netflix PwC Accenture DHL FedEx Maersk Schneider Alstom Arianespace Rolls-Royce Saab Embraer Petrobras Hisense Haier Midea Sinopec PetroChina CNOOC COSCO HSBC Barclays Santander Citibank JPMorgan Telenor PTT Petronas Garuda Telkom Ecopetrol Avianca LATAM Telmex Denel MTN Vodacom Airtel Zain Ooredoo Etisalat Telefónica Carrefour Heineken Danone Auchan AXA Generali Manulife Telstra".split()
)  # fmt: skip

# ── Chinese and Japanese ───────────────────────────────────────────────────────────────────────────
_ORG_WIDE = (
    "共产党|共產黨|股份公司|股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司|总公司|總公司|株式会社|合同会社|有限会社|銀行|银行|大学|大學|学院|學院|科学院|科學院|研究院|研究所|研究中心|工程院|社会科学院|"
    "委员会|委員會|委員会|管理局|总局|總局|总署|總署|署|协会(?!员)|協會(?!員)|協会(?!員)|学会|學會|联合会|聯合會|連合会|交易所|工業会|業協会|証券取引所|取引所|機構|条例|條例|法案|管制法|管理法|安全法|规则|規則|大使馆|大使館|领事馆|領事館|博物馆|博物館|海关|海關|国会|國會|議会|议会|联邦议院|聯邦議院|下议院|下議院|上议院|上議院|众议院|衆議院|参議院|参议院|眾議院|众议院|參議院|"
    "国务院|國務院|国防部|國防部|外交部|商务部|商務部|财政部|財政部|能源部|司法部|科技部|教育部|工信部|工业和信息化部|工業和信息化部|经济部|經濟部|贸易部|貿易部|产业部|產業部|资源部|資源部|发改委|央行|人民银行|商務省|经济产业省|經濟產業省|外务省|外務省|财务省|财務省|广播公司|廣播公司|宇宙庁|宇宙機関|保安庁|警察庁|税関|国家发展和改革委|国家发展改革委|国家互联网信息办公室|国家市场监督管理|国家密码管理局|中央军委|电气公司|航空公司|国防総省|国防省|財務省|外務省|経済産業省|エネルギー省|司法省|産業安全保障局|工业与安全局|工業與安全局|通商代表部|最高法院|最高裁判所|裁判所|航空航天局|宇宙局|標準協会|国家标准|國家標準|工業規格|産業規格|规格|標準化|出版社|新聞社|通信社|新华社|石油天然气|石油天然氣|石油化工|石油公司|石化公司|电网公司|電網公司|电力公司|電力公司|电信公司|電信公司|移动公司|移動公司|工商银行|移动通信|电信集团|航空公司|航空$|電力|電気|電機|電子工業|製鋼所?|製鉄|郵船|郵政|放送協会|貿易振興|貿易会|法典|刑法|民法|宪法|憲法|基本法|军队|空軍|空军|海軍|海军|陸軍|陆军|解放军|解放軍|自衛隊|公社|公団|財団|基金会|基金會|联合股份|公庫|赤十字社|学術会議|医師会|経団連|商工会議所|観光局|钢铁公司|鋼鐵公司|铝业公司|铁路公司|塑膠公司|工业公司|工業公司|系统公司|系統公司|积体电路|積體電路|煤气|煤氣|淡马锡|淡馬錫|SK海力士|革命防衛隊|革命卫队|革命衛隊|人民军|人民軍|進出口公司|进出口公司|出口公司|出口總公司|科学技術院|科学技术院|科學技術院|科技院|技術院|経済新聞|王立協会|科技股份|株式"
)
ORGANISATION_WIDE = re.compile(
    rf"^(?P<inside>[^\s，。、；：！？,.;:()（）「」『』《》〈〉“”\"|\n]{{0,14}}?)(?:{_ORG_WIDE})"
)
RUN_BREAK = re.compile(
    r"的|之|外(?=之|的)|犯罪|黑客|骇客|駭客|诈骗|詐騙|武装|武裝|在|对|對|向|和|与|與|及|或|从|從|于|於|为|為|是|将|將|等|并|被|由|以|至|把|境内|境內|要求|决定|決定|宣布|宣佈|发布|發布|實施|实施|修改|公布|限制|禁止|表示|认为|加入|退出|根据|依据|进口|出口到|去|到|也|均|都|已|应|應|有权|可以|不|了|、|の|は|が|を|に|で|と|へ|も|から|まで|及び|又は|並びに|向け|製の|政府|企业|企業|公民|国民|領域|境外|居民|市场|市場|公司(?!法)|個人|个人|用户|用戶|客户|客戶|工厂|工廠|籍"
)
WIDE_BEFORE = re.compile(r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|株式會社)\s*$")
STREET_WIDE = re.compile(
    r"^(?:[东西南北中東]?(?:路|街|大道|胡同|橋|桥|通り|巷|里)|广场|廣場|大厦|大廈|大樓|ビル|タワー|ホテル|酒店|饭店|飯店)"
)
_FIRMS_WIDE = (
    "航空宇宙産業|重工業|造船海洋|造船|自動車工業|航空|信託|信托|信用|人寿|人壽|生命保険|生命|平安|石油|石化|海油|铝业|鋁業|电信|電信|电讯|電訊|电力|电气|電氣|移动|移動|联通|聯通|铁塔|中车|中車|重工|船舶|郵政|郵便|邮政|航发|航發|商飞|商飛|軍工|兵器|製薬|製紙|郵船|邮船|通運|通信|軽金属|化薬|板硝子"
    "|ガス|たばこ|ハム|ペイント|証券|信号|触媒|総研|無線|精工|電産|电产|電產|电装|電裝|光電|ゼオン|エアシステム|航天科技|航天科工|电科|電科|电子科技|人保|国航|国旅|银联|銀聯|建筑|铁建|中铁|交建|五矿|华能|核电|日报|日報|时报|時報|青年报|新闻网|经济新闻|經濟新聞|之声|之聲|信贷|信貸|再保险|再保險|再保険|运通|運通"
    "|烟草|煙草|菸草|制铁|製鐵|软银|軟銀|水泥|塑胶|塑膠|大哥大|高铁|高鐵|化學纖維|赛马会|賽馬會|联交所|聯交所|证监会|證監會|金管局|皇家壳牌|皇家殼牌|国际集团|國際集團|铁路|鐵路|鉄道|国営鉄道|貨物鉄道|中央通讯社|卫星通讯社|船级社|原子能组织|原子力庁|投资局|投資局|投資庁|国際企業庁|学术振兴会|テレビ|碍子|ガイシ|カーボン|特殊陶業|電波工業"
    "|アビオニクス|飛行機|原燃|セメント|プラスチック|IBM|HP|NCR|マイクロソフト|オラクル|ヒューレット・パッカード|マクドナルド|コカ・コーラ|サムスン|ユニシス|テキサス・インスツルメンツ|シノプシス|ケイデンス|水力原子力|国営石油会社|电子(?=[、，,。]|$)|電子(?=[、，,。]|$)|海运|海運"
    "|远洋|遠洋|中遠|電信電話|たばこ産業|水産|製粉|農薬|曹達|酸素(?=[、。]|$)|化学工業|パーカライジング|新薬|山村硝子|電気硝子|冶金工業|発条|ピストンリング|トムソン|車輌製造|ケミコン|電子材料|マイクロニクス|写真印刷|瓦斯|空港ビルデング|工営|原子力発電|原電|航空電子|証券金融|総合研究所|経済研究センター|遠洋海運|電子(?=[は、。]|$)|中央电视台|有线电视新闻网|中央電視台|广播电视|民航|民航局"
)
CHINESE_GROUP = re.compile(r"^[^的在对對与與和及、，,。企民\s]{2,12}(?:集团|集團|集団)")
"""中国稀土集团: of China alone the name leads that of a group; 印度塔塔集团 says where the group is from."""
COMPANY_WIDE = re.compile(
    rf"^(?:{_FIRMS_WIDE})(?=$|[、，,。．；;）)」』”\s]|及び|及|和|與|与|又は|或|や|は|が|と|を|に|是|在|不|等|今日|昨日|宣布|宣佈|表示|称|稱|公布|公司|集团|集團|方面|旗下|股)"
)
"""What makes the country's name that of a company where a list, a particle or the end follows: 日本航空, 中國信託."""
AFTER_WIDE = re.compile(
    r"^(?:(?:川|河)(?=$|[、，,。及和与與或はがをにの])|海峡|海峽|運河|运河|三角洲|三角州|デルタ|・グループ|・バンク|・エアラインズ|・テレコム|・モバイル|・エナジー|・テクノロジー|焼肉|麵包|面包|パン(?![ァ-ヺー])|文(?![化件书書学學献獻物明档檔])|语|語|话|話|人(?!工|民|员|員|权|權|士|口|材|才|力|类|類|体|體|造)|族|菜|料理|元(?![件素器])|币|幣|ドル|ウォン|バーツ|フラン|ルピー|ペソ|リラ|ディルハム|リヤル|シリング|ランド(?![ァ-ヺー])|フォリント|ズロチ|クローネ|クローナ|リンギット|ルーブル|リアル(?![ァ-ヺー])|レアル|ポンド|ディナール|ナイラ|テンゲ|チャット(?![ァ-ヺー])|ドン(?![ァ-ヺー])|盾|铢|銖|卢比|盧比|卢布|盧布|里拉|比索|先令|兰特|蘭特|奈拉|坚戈|堅戈|福林|兹罗提|茲羅提|列伊|列弗|披索|里亚尔|里亞爾|迪拉姆|基亚特|基普|瑞尔|比尔(?![·・])|塔卡|第纳尔|第納爾|克朗|林吉特|令吉|雷亚尔|法郎|马克(?![思·])|馬克(?![思·])|マルク|葡币|葡幣|圆(?!桌)|圓(?!桌)|镑|鎊|系(?![统統列])|裔|拳(?![头頭])|流感|风|風(?![险險])|製鋼|製鉄|式(?!$)|州|領(?![土域海空事])|领(?![土域海空事])|队(?![伍列])|隊(?![伍列]))"
)
"""Demonyms, languages, currencies, states right after the name."""
# 中国, 美国, 法国 ... before 家 are the end of one word and the beginning of 国家.
SPLIT_AFTER = re.compile(
    r"^(?:家(?![庭电電族具长長])|際|际|务院|務院|防部|籍(?!$)(?=身份)|有(?:企业|企業|资产|資產|资本|資本|控股|股权|股權|独资|獨資)|库券|債券|土资源|税|稅)"
)
SPLIT_AFTER_WEAK = re.compile(r"^(?:有|内(?!地)|內(?!地)|外|产(?!品)|產(?!品)|营|營|企(?!业|業)|籍)")
SPLIT_BEFORE = re.compile(
    r"(?:其|集|发展|發展|展|程|期|途|初|高|依|执|執|守|违|違|欧|歐|北|南|拉|完|精|优|優)$"
)
# Names of two characters with the neighbours that make them parts of other words: 增加纳税, 上海地区, 也门槛, 理查德.
NEIGHBOURS = {
    "加纳": re.compile(r"[增参附追叠].$|^.[入税米]"), "加納": re.compile(r"[增參附追疊].$|^.[入稅米]"), "海地": re.compile(r"[上沿青大珠渤黄近南东北黃東].$|^.[区域方带块铁震图區帶塊鐵圖]"),
    "也门": re.compile(r"^.[槛店户类外]"), "也門": re.compile(r"^.[檻店戶類外]"), "查德": re.compile(r"[理里].$|^.[森]"), "智利": re.compile(r"[才机].$|^.[用]"), "东加": re.compile(r"^.拿"), "東加": re.compile(r"^.拿"),
    "加国": re.compile(r"[参參増增追添附付倍].$|^.[家]"), "独国": re.compile(r"[単单孤].$|^.[家立]"), "伊国": re.compile(r"^.[家]"),
    "越南": re.compile(r"^.[部方北]"), "巴西": re.compile(r"[古].$"), "多哥": re.compile(r"^.[哥]"), "马里": re.compile(r"[索罗].$|^.[兰亚奥]"), "馬里": re.compile(r"[索羅].$|^.[蘭亞奧]"), "马利": re.compile(r"^.[亚]"),
    "馬利": re.compile(r"[索].$|^.[亞蘭]"), "尼日": re.compile(r"[印].$|^.[本元利]"), "苏丹": re.compile(r"^.[红]"), "蘇丹": re.compile(r"^.[紅]"), "南非": re.compile(r"^.[洲]"), "古巴": re.compile(r"^.[比]"), "文莱": re.compile(r"^.[坞]"),
    "蒙古": re.compile(r"[内內].$"), "法国": re.compile(r"[执守依违司立].$"), "法國": re.compile(r"[執守依違司立].$"), "美国": re.compile(r"[完精优].$"), "德国": re.compile(r"[道品公].$"), "泰国": re.compile(r"[康].$"), "阿曼": re.compile(r"^.[达尼]"),
    "卡達": re.compile(r"^.[夫爾]"), "瑞典": re.compile(r"^$"), "约旦": re.compile(r"^$"), "印度": re.compile(r"^.[洋支教尼]"), "日本": re.compile(r"^$"), "黑山": re.compile(r"^.[县羊老頭头县]"), "关岛": re.compile(r"[海].$"), "捷克": re.compile(r"^.[逊]"),
}  # fmt: skip
DAY_BEFORE = re.compile(
    r"(?:[0-9〇一二三四五六七八九十]|工作|休息|节假|節假|假|即|当|當|翌|次|近|今|昨|明|同|每|毎|之|施行|生效|期|前|終|某|平|本|届满|屆滿)$"
)
DAY_AFTER = re.compile(
    r"^(?:机构|機構|机关|機關|公司|条例|條例|办法|辦法|法(?!人|律)|公告|通知|决定|決定|规定|規定|条|條|款|单位|單位|会|會|院|部|局|委|行|店|站|网|網|地|身|来|來|次|件|年|月|日|省令|法令|政令|告示|協定|契約|社|校|人)"
)
