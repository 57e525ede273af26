"""Numbers that are never kept: cards, bank accounts, national ids; proven by check digits where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import ean, iban, luhn
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.iso7064 import mod_97_10
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.sg import uen
from stdnum.tr import tckimlik
from stdnum.us import itin
from stdnum.za import idnr as za_id

from ..findings import Finding
from .rule import after, any_word, before

_GAP = r"[ .\-–·/\u00a0]{0,3}"
_CARD = re.compile(rf"(?<![\d])(?<!\d[.,])\d(?:{_GAP}\d){{11,18}}(?!\d)")
_CARD_WORDS = any_word(
    r"cards?|visa|master ?card|amex|american express|discover|maestro|diners|jcb|credit|debit|carte|cb|karte|kreditkarte|tarjeta|"
    r"carta|cartão|kaart|creditcard|cc"
)
_CARD_CODE = re.compile(
    r"(?<!\w)(?:cvv2?|cvc2?|csc|security code|card code)(?:\s+(?:is|on it is|number))?\s*[:=#]?\s*(\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?\d{2}(?:[ \-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.IGNORECASE)
_SSN = re.compile(r"(?<![\d-])(?!000|666)\d{3}([- .–]{1,3})(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
# groups with a digit in each: letters alone are words
_CODE = re.compile(
    r"(?<![\w-])(?:(?-i:[A-Z]{1,3})[ -])?[A-Z]{0,6}\d[A-Z0-9]*(?:[./\-· ]{1,2}[A-Z0-9]*\d[A-Z0-9]*|[./\- ][A-Z](?=[./\- ]|$))*(?!\w)",
    re.IGNORECASE,
)
# so long, or with letters in such places, that a right check digit is no accident
_PROVEN: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (re.compile(rf"(?<![\w-]){shape}(?![\w-])", re.IGNORECASE), check)
    for shape, check in (
        (r"[A-Z]{6}[\dL-NP-V]{2}[A-Z][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]", codicefiscale.is_valid),
        (r"[12][ .]?\d\d[ .]?\d\d[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}[ .]?\d\d", nir.is_valid),
        (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d", curp.is_valid),
        (r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", ahv.is_valid),
        (r"\d{6}[-+ABCDEFYXWVU]\d{3}[0-9A-Y]", hetu.is_valid),
        (r"\d{17}[\dX]", ric.is_valid),
        (r"\d{6}-[1-8]\d{6}", rrn.is_valid),
        (r"\d{13}", cnp.is_valid),
        (r"\d{13}", za_id.is_valid),
        (r"\d{8}-?[A-Z]", dni.is_valid),
        (r"[XYZ]-?\d{7}-?[A-Z]", nie.is_valid),
        (r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", pan.is_valid),
        (r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
        (r"\d{1,2}\.\d{3}\.\d{3}-[\dK]", rut.is_valid),
        (r"\d{4}[ -]\d{4}[ -]\d{4}", aadhaar.is_valid),
        (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
        (r"\d{6}[-+]\d{4}", personnummer.is_valid),
        (r"\d{8}[ ]?\d[ ]?[A-Z]{2}\d", cc.is_valid),
        (r"\d{7}[A-W][A-IW]?", pps.is_valid),
        (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", lambda number: True),
    )
)
# common by accident among numbers of their length: only where something says "id"
_PLAIN = tuple(
    module.is_valid
    for module in (
        sin,
        bsn,
        tfn,
        idnr,
        cpr,
        pesel,
        nhs,
        amka,
        oib,
        egn,
        ik,
        fodselsnummer,
        tckimlik,
        cpf,
        nif,
        itin,
        aadhaar,
        uen,
    )
)
_IDS = any_word(
    r"ssn|social(?: security)?|sin|itin|ein|tin|tax(?:payer)?(?: id)?|national (?:id|insurance|identity)|ni(?:no)?|passports?|nhs|"
    r"driver'?s?(?: licen[cs]e)?|driving licen[cs]e|licen[cs]e|dl|id|identity|identification|id ?card|aadhaar|pan|voter|"
    r"green card|visa|medicare|medicaid|member(?:ship)?|policy|insurance|health card|mrn|patient|student|employee|alien|"
    r"dni|nie|nif|nuss|curp|rfc|cpf|rg|cédula|pasaporte|permiso de conducir|sécu(?:rité sociale)?|nir|insee|passeport|permis|"
    r"personalausweis|ausweis|reisepass|pass|führerschein|steuer-?id|steuernummer|sozialversicherung\w*|svnr|codice fiscale|cf|"
    r"passaporto|patente|carta d'identità|bsn|burgerservicenummer|paspoort|rijbewijs|cartão de cidadão|bi|passaporte|carta de condução|"
    r"pesel|personnummer|cpr|fødselsnummer|hetu|cnp|amka|oib|nric|hkid|tfn"
)
_ACCOUNTS = any_word(
    r"(?:bank )?account|acct|a/c|acc|checking|savings|deposit|konto(?:nummer)?|compte|cuenta|conto|conta|rekening(?:nummer)?|rib|clabe|"
    r"cbu|bsb|sort code|bban|clearing"
)
_SORT_CODE = re.compile(
    r"(?<!\w)sort[ -]code(?:\s+(?:is|number))?\s*[:=]?\s*(\d\d[- ]?\d\d[- ]?\d\d)(?!\d)", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"(?:['’]s|\s|\W|number|no|nr|num|numéro|numero|número|nummer|code|id|card|is|was|of|with|my|the|for|it|ends?|in|est|es|ist|lautet|é|è|and|"
    r"licen[cs]e|security|[A-Z]{2})*(?:[\w'’.-]+\s+){0,2}\W*",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Finding]:
    """Cards, accounts and ids in a text; the strict rules first."""
    yield from _cards(text)
    yield from _ibans(text)
    for match in _SSN.finditer(text):
        yield Finding(match.start(), match.end(), "NATIONAL_ID", 0.95)
    for shape, is_valid in _PROVEN:
        for match in shape.finditer(text):
            if is_valid(match.group()):
                yield Finding(match.start(), match.end(), "NATIONAL_ID", 0.95)
    for match in _SORT_CODE.finditer(text):
        yield Finding(match.start(1), match.end(1), "BANK_ACCOUNT", 0.95)
    yield from _told(text)


def _cards(text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        told = _CARD_WORDS.search(before(text, match.start()))
        proven = len(digits) >= 13 and digits[0] in "23456" and luhn.is_valid(digits)
        # a book's number can pass for a card's
        if told or (proven and not (len(digits) == 13 and ean.is_valid(digits))):
            yield Finding(match.start(), match.end(), "CARD", 1.0)
    for match in _CARD_CODE.finditer(text):
        yield Finding(match.start(1), match.end(1), "CARD", 0.95)


def _ibans(text: str) -> Iterator[Finding]:
    """The words after an account number look like its continuation: the longest beginning with a right check counts."""
    for match in _IBAN.finditer(text):
        ends = [e for e in range(match.end(), match.start() + 14, -1) if text[e - 1].isalnum()]
        right = [e for e in ends if _checks(text[match.start() : e])]
        known = [e for e in right if iban.is_valid(text[match.start() : e], check_country=False)]
        if right:
            yield Finding(match.start(), (known or right)[0], "IBAN", 1.0)
        elif re.search(r"(?i)\biban\b", before(text, match.start())):
            yield Finding(match.start(), match.end(), "IBAN", 0.9)


def _checks(number: str) -> bool:
    """Whether the check digits are right, whatever the country: one in 97 texts of that shape is so by accident."""
    plain = re.sub(r"[ -]", "", number).upper()
    return sum(c.isdigit() for c in plain) >= 10 and mod_97_10.is_valid(plain[4:] + plain[:4])


def _told(text: str) -> Iterator[Finding]:
    """What the words before it call an id or an account."""
    for match in _CODE.finditer(text):
        code, start = match.group(), match.start()
        near = before(text, start)
        digits = sum(c.isdigit() for c in code)
        signs = sum(c.isalnum() for c in code)
        if signs < 5 or (digits < 4 and signs < 6) or _looks_like_date(code):
            continue
        if _close(_ACCOUNTS, near) and digits >= 6:
            yield Finding(start, match.end(), "BANK_ACCOUNT", 0.9)
        elif _close(_IDS, near) or (
            _IDS.search(near + after(text, match.end())) and any(check(code) for check in _PLAIN)
        ):
            yield Finding(start, match.end(), "NATIONAL_ID", 0.9)


def _close(words: re.Pattern[str], near: str) -> bool:
    """Whether one of the words stands right before, with only filling words between."""
    return any(_BETWEEN.fullmatch(near, match.end()) for match in words.finditer(near))


def _looks_like_date(code: str) -> bool:
    return bool(re.fullmatch(r"(?:\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4})", code))
