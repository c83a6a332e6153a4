"""An invented corner of the ministry: a list of amendments, a notice as PDF, a feed with one release on export control and one on rice."""

from datetime import date

from tests.replica.server import Replica
from tests.replica.sites import atom, framed, links, paragraphs, pdf, rdf

DAY = date(2031, 4, 2)
HOST = "www.meti.go.jp"
SITE = "経済産業省"
LIST, NOTICE = "/policy/anpo/law09.html", "/policy/anpo/law_document/tutatu/31fy/mihon_tsutatsu.pdf"
RELEASE, RICE = "/press/2031/04/20310401001/20310401001.html", "/press/2031/04/20310401002/20310401002.html"
CALLS, CALL = "/rss/pcm_list.xml", "/pcm/detail"
SETTINGS = {
    "pages": [f"https://{HOST}/policy/anpo/index.html"],
    "lists": [
        f"https://{HOST}{LIST}",
        f"https://{HOST}/ml_index_release_atom.xml",
        f"https://public-comment.e-gov.go.jp{CALLS}",
    ],
}


def server() -> Replica:
    """The site as it is at first."""
    comments = "public-comment.e-gov.go.jp"
    return Replica(
        today=DAY,
        pages={
            f"{HOST}/policy/anpo/index.html": framed(
                "安全保障貿易管理",
                paragraphs("見本の貨物を輸出するには許可を要する。", "窓口は午前十時に開く。"),
                site=SITE,
                language="ja",
            ),
            HOST + LIST: framed(
                "改正情報",
                links(
                    [
                        (NOTICE, "見本の運用通達の一部改正", "2031年4月1日"),
                        ("/policy/anpo/qanda.html#q1", "輸出管理の見本Q&A", ""),
                    ]
                ),
                site=SITE,
                language="ja",
            ),
            f"{HOST}/policy/anpo/qanda.html": framed(
                "見本Q&A",
                paragraphs("問一　見本は何をいうか。", "答　水時計をいう。"),
                site=SITE,
                language="ja",
            ),
            HOST + NOTICE: pdf(
                "Notice on the lending of sextants",
                "1. A licence is needed for 3 or more.",
                "2. In force on 2031-05-01.",
            ),
            f"{HOST}/ml_index_release_atom.xml": atom(
                "報道発表",
                [
                    (f"https://{HOST}{RELEASE}", "外国ユーザーリストの見本を改正しました", "2031-04-01"),
                    (f"https://{HOST}{RICE}", "米の見本市を開きます", "2031-04-01"),
                ],
            ),
            HOST + RELEASE: framed(
                "外国ユーザーリストの見本を改正しました",
                paragraphs("二の者を加え、一の者を削った。", "二〇三一年四月九日から適用する。"),
                site=SITE,
                language="ja",
            ),
            comments + CALLS: rdf(
                "意見募集",
                [
                    (
                        f"https://{comments}{CALL}?CLASSNAME=PCMMSTDETAIL&amp;id=595000001",
                        "輸出貿易管理令の見本改正案に対する意見募集",
                        "2031-04-01",
                    )
                ],
            ),
            comments + CALL: framed(
                "輸出貿易管理令の見本改正案に対する意見募集",
                paragraphs("意見は令和十三年五月一日までに受け付ける。"),
                site="e-Govパブリック・コメント",
                language="ja",
            ),
        },
    )
