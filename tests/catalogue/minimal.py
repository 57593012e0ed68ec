"""A small catalogue that is right, and one-line changes that make it wrong.

Expected places are found in the changed text by the words that stand there, never by the code under test.
"""

from __future__ import annotations

from lostcard.catalogue.load import load_text
from lostcard.catalogue.model import Catalogue
from lostcard.errors import CatalogueError

FILE = "facts.yaml"

MINIMAL = """\
as_of: 2026-11-23

sources:
  city-page:
    title: {ja: "案内", en: "The guide"}
    publisher: {ja: "ある市", en: "Some city"}
    url: https://city.example/
    date: 2025-04-01
    kind: municipality
  law-page:
    title: {ja: "法律", en: "The law"}
    publisher: {ja: "国", en: "Japan"}
    url: https://law.example/
    date: unknown
    kind: law

calendars:
  office-days:
    weekends: closed
    holidays: closed
    closed:
      - start: 12-29
        end: 01-03
        source: [law-page]

offices:
  city-hall:
    title: {ja: "市役所", en: "市役所 (city hall)"}
    channel: counter
    calendar: office-days
    reception: [09:00-12:00, 13:00-17:00]
    find: {ja: "市民課です。", en: "Ask for 市民課."}
    certainty: confirmed
    source: [city-page]
    phones:
      - number: 0120-00-0000
        note: {ja: "無料", en: "free of charge"}

items:
  id-card:
    title: {ja: "身分証", en: "身分証 (identity card)"}
    kind: card
    aliases: [ident-card, 身分証]
    losable: true
  registration:
    title: {ja: "登録", en: "登録 (registration)"}
    kind: record
    carrier: id-card
    aliases: [ident-card]
  old-card:
    title: {ja: "古い証", en: "古い証 (old card)"}
    kind: card
    losable: true
    successors: [id-card]
    until: 2020-03-31
    ended: {ja: "終わりました。", en: "It has ended."}
  bankbook:
    title: {ja: "通帳", en: "通帳 (bank book)"}
    kind: document
    aliases: [passbook]
  number:
    title: {ja: "番号", en: "番号 (number)"}
    kind: number
    holdable: false

needs:
  coverage:
    title: {ja: "資格", en: "coverage"}
    gap: {ja: "資格のない日数", en: "days without coverage"}
    met_by:
      - item: id-card
        since: 2020-04-01
        source: [law-page]

counters:
  city-desk:
    title: {ja: "窓口", en: "the desk"}
    classes:
      A:
        - {item: id-card, certainty: confirmed, source: [law-page]}
      B:
        - {item: old-card, until: 2020-03-31, certainty: reported, source: [city-page]}
        - {item: bankbook, since: 2020-04-01, certainty: reported, source: [city-page]}

evidence:
  city-proof:
    title: {ja: "本人確認", en: "proof of identity"}
    counter: city-desk
    any_of:
      - {A: 1}
      - {B: 2}
    certainty: confirmed
    source: [law-page]

insurers:
  younger:
    title: {ja: "若い人の保険", en: "insurance of the young"}
    aliases: [young]
    assumed: {age_max: 74}
  older:
    title: {ja: "高齢者の保険", en: "insurance of the old"}
    aliases: [old]
    assumed: {age_min: 75}
  employer:
    title: {ja: "勤め先の保険", en: "insurance through work"}

assumptions:
  book-held:
    item: bankbook
    text: {ja: "通帳があるとみなしました。", en: "You are taken to hold a bank book."}
    source: [city-page]
    when: {not_lost: [bankbook], not_have: [number]}

procedures:
  declare:
    title: {ja: "届け出", en: "Declaration"}
    office: city-hall
    takes: {min: 0010, typical: 20, max: 30, certainty: inferred}
    certainty: confirmed
    source: [city-page]
    skip: {ja: "進めません。", en: "Nothing else can be done."}
    urgent: true
    gives:
      - item: number
    ends: [registration]
  reissue:
    title: {ja: "再交付", en: "Reissue"}
    office: city-hall
    takes: {min: 15, typical: 20, max: 20, certainty: reported, source: [city-page]}
    certainty: reported
    source: [city-page]
    skip: {ja: "カードがないままです。", en: "You stay without a card."}
    since: 2020-04-01
    when: {lost: [id-card, registration], need: [coverage]}
    requires:
      - any_of: [number]
        why: {ja: "番号を聞かれます。", en: "They ask for the number."}
        when: {how: [outside, stolen], have: [bankbook]}
    evidence: city-proof
    within: {days: 30, of: declare, first_day: counted, source: [law-page]}
    reception: [10:00-11:00, 14:00-15:00]
    bring: [bankbook]
    fee:
      - {since: 2020-04-01, until: 2024-12-31, yen: 800, certainty: confirmed, source: [law-page]}
      - {since: 2025-01-01, yen: 1000, when: {insurer: [younger]}, certainty: confirmed, source: [law-page]}
      - {since: 2025-01-01, min: 0, max: 500, when: {insurer: [older]}, certainty: reported, source: [law-page]}
    gives:
      - item: id-card
        after:
          min: 3
          typical: 5
          max: 10
          unit: business_days
          calendar: office-days
          to: hand
          certainty: reported
          source: [city-page]
      - item: old-card
    afterwards: true

guidance:
  advice:
    text: {ja: "落ち着いてください。", en: "Stay calm."}
    certainty: reported
    source: [city-page]
    place: now
    claim:
      title: {ja: "払い戻しの請求", en: "Claim for a refund"}
      months: 24
      note: {ja: "払った日から数えます。", en: "It counts from the payment."}
      source: [law-page]
    when: {lost: [id-card], insurer: [employer]}

routes:
  by-declaring:
    title: {ja: "届け出だけの道", en: "By declaring only"}
    without: [reissue]
    since: 2020-04-01
    when: {lost: [old-card]}
    source: [law-page]

holdings:
  all-in-one:
    title: {ja: "一枚持ち", en: "All on one card"}
    carried: [id-card]
    home: [bankbook]
    mislaid: id-card
    source: [city-page]

seasons:
  new-year:
    title: {ja: "正月", en: "New Year"}
    start: 12-31
    end: 01-02
    source: [law-page]
"""


def changed(*pairs: tuple[str, str]) -> str:
    """Return the minimal catalogue with each first text, which stands there once, replaced by the second."""
    text = MINIMAL
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the minimal catalogue"
        text = text.replace(old, new)
    assert text != MINIMAL
    return text


def place(text: str, words: str) -> str:
    """Return `line:column` of the only place where `words` stand in `text`, both counted from 1."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    before = text[: text.index(words)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def load(text: str) -> Catalogue:
    """Load a text as if it stood in FILE."""
    return load_text(text, FILE)


def problems(text: str) -> list[str]:
    """Return all that the loader finds wrong with a text; nothing when it is right."""
    try:
        load(text)
    except CatalogueError as error:
        return error.problems
    return []
