"""The words with which mail programs introduce a quoted message, in the languages that they come in (EM-64)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERBS = (
    r"wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisała?|napisał\(a\)|pisze|kirjoitti"
    r"|пишет|написала?|написал\(а\)|писала?|написав|napsala?|napsal\(a\)|írta|yazdı|şunları yazdı|a scris|έγραψε"
    r"|写道|寫道|のメール|書きました|작성"
)
_FIRST_WORDS = (
    r"(?:-{2,3} )?(?:on|am|le|el|il|em|op|den|på|w dniu|dnia|dne|на|в|a|van|fra|från)\b|\d{1,4}[./年-]"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс)[a-zа-я]*[.,]"
)
_ATTRIBUTION = re.compile(rf"(?:{_FIRST_WORDS}).{{4,300}}?(?:{_VERBS}).{{0,120}}[:：]\s*", re.IGNORECASE)
_NAME_FIRST = re.compile(rf".{{2,200}}(?:{_VERBS}).{{0,60}}\d.{{0,60}}[:：]\s*", re.IGNORECASE)
_DATE_AND_ADDRESS = re.compile(r".{0,80}\d{1,2}[:.]\d{2}.{0,150}<?[^\s<>@]+@[^\s<>@]+>?.{0,40}[:：]\s*")
_SURE = re.compile(r"@|\d{1,2}[:.h]\d{2}")
_SEPARATOR = re.compile(
    r"[-_*=\s]{2,}(?:original(?: message| mail| appointment)?|ursprüngliche (?:nachricht|e-?mail)|message d.origine"
    r"|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|oorspronkelijke bericht"
    r"|originalmeddelande|opprinnelig melding|oprindelig meddelelse|alkuperäinen viesti|исходное сообщение"
    r"|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|eredeti üzenet|orijinal ileti|mesaj original"
    r"|reply message|原始邮件|原始郵件|元のメッセージ|원본 메시지)[-_*=\s]{2,}\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(?:[-_*=\s]*(?:forwarded message|begin forwarded|weitergeleitete nachricht|anfang der weitergeleiteten"
    r"|message transféré|début du message réexpédié|mensaje reenviado|inicio del mensaje reenviado"
    r"|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht"
    r"|begin doorgestuurd bericht|vidarebefordrat|videresendt|edelleenlähetetty|пересылаемое|wiadomość przekazana"
    r"|přeposlaná|továbbított|iletilen|转发的邮件|轉寄的郵件|転送|전달된))",
    re.IGNORECASE,
)
_LABELS = {
    "from": "from|von|de|da|van|od|från|fra|от|发件人|寄件者|差出人|보낸 사람|lähettäjä|kimden|feladó|odesílatel",
    "date": "sent|date|gesendet|datum|envoyé|enviado|enviada|fecha|inviato|data|verzonden|wysłano|skickat|sendt|dato"
    "|отправлено|дата|发送时间|日期|送信日時|날짜|lähetetty|gönderme tarihi|elküldve|odesláno",
    "to": "to|an|à|para|per|a|aan|do|till|til|кому|收件人|宛先|받는 사람|vastaanottaja|kime|címzett|komu",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|тема|主题|主旨|件名|제목|aihe"
    "|konu|tárgy|předmět",
}
_LABEL = re.compile(
    r"[*\s]*(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items()) + r")\s?[*\s]*[:：]",
    re.IGNORECASE,
)


def attribution_length(lines: Sequence[str]) -> int:
    """How many of the first three `lines` make an `On ... wrote:`, or 0."""
    for count in range(1, min(3, len(lines)) + 1):
        joined = " ".join(lines[:count])
        if len(joined) <= 400 and joined.rstrip().endswith((":", "：")):
            one_line = count == 1 and (_NAME_FIRST.fullmatch(joined) or _DATE_AND_ADDRESS.fullmatch(joined))
            if one_line or _ATTRIBUTION.fullmatch(joined):
                return count if re.search(r"\d|@", joined) else 0
    return 0


def is_sure(attribution: str) -> bool:
    """Whether it names an address or a time of day, and so can hardly be somebody's own sentence."""
    return _SURE.search(attribution) is not None


def is_separator(line: str) -> bool:
    """Whether it is `-----Original Message-----`."""
    return _SEPARATOR.fullmatch(line) is not None


def is_forward(line: str) -> bool:
    """Whether a forwarded message begins: that is what its sender wants to be read."""
    return _FORWARD.match(line) is not None


def is_header_block(lines: Sequence[str]) -> bool:
    """Whether a copied header starts with the first line: a From, a Subject and a date or To within eight
    lines.
    """
    first = _LABEL.match(lines[0]) if lines else None
    if not first or first.lastgroup not in {"from", "date"}:
        return False
    kinds = {match.lastgroup for line in lines[:8] if (match := _LABEL.match(line))}
    return {"from", "subject"} <= kinds and bool(kinds & {"date", "to"})


def label_of(line: str) -> str | None:
    """Which line of a copied header it is: from, date, to, subject, or None."""
    match = _LABEL.match(line)
    return match.lastgroup if match else None
