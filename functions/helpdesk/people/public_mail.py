"""Mail providers where anybody gets an address: their domains say nothing of a company.

Kept by hand: the providers of most private addresses in the world, by the names that they write under. A
domain that is missing here does no harm until an administrator gives it to a company.
"""

from __future__ import annotations

_DOMAINS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp hotmail.com
    hotmail.de hotmail.fr hotmail.it hotmail.es hotmail.co.uk live.com live.de live.fr live.nl live.co.uk msn.com
    yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.jp yahoo.co.in yahoo.com.br yahoo.ca
    ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me
    gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de mail.de posteo.de posteo.net
    mailbox.org tutanota.com tutanota.de tuta.io tuta.com fastmail.com fastmail.fm hey.com zoho.com zohomail.com
    mail.com email.com usa.com inbox.com hushmail.com startmail.com runbox.com disroot.org riseup.net
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr libero.it virgilio.it alice.it tin.it tiscali.it
    telefonica.net terra.es ono.com sapo.pt telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl
    bluewin.ch sunrise.ch hispeed.ch a1.net chello.at aon.at seznam.cz centrum.cz email.cz post.cz azet.sk zoznam.sk
    wp.pl o2.pl onet.pl onet.eu interia.pl gazeta.pl op.pl freemail.hu citromail.hu abv.bg mail.bg ukr.net i.ua meta.ua
    mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net
    btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk eircom.net
    shaw.ca rogers.com bell.net sympatico.ca telus.net videotron.ca bigpond.com optusnet.com.au xtra.co.nz
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com hotmail.com.br hotmail.com.ar yahoo.com.ar yahoo.com.mx
    qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn
    naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com
    rediffmail.com walla.co.il walla.com mynet.com online.no telia.com spray.se comhem.se jubii.dk mail.dk
    luukku.com suomi24.fi kolumbus.fi duck.com privaterelay.appleid.com simplelogin.com
    """.split()  # noqa: SIM905 - a list that people read and mend
)


def is_public(domain: str) -> bool:
    """True if anybody may have an address in this domain (lower case, ASCII)."""
    return domain in _DOMAINS
