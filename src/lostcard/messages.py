"""Interface strings, Japanese and English side by side. Facts are not here: their texts stand in the catalogue.

A placeholder is filled by `lostcard.render.words.Speaker`, which also puts dates and lists into the language.
"""

from __future__ import annotations

__all__ = ["LANGUAGES", "MESSAGES", "detect_language"]

LANGUAGES = ("ja", "en")

MESSAGES: dict[str, tuple[str, str]] = {
    # Headings of the plan
    "plan.title": ("カードをなくしたときの計画", "Plan after losing a card"),
    "plan.from": ("{moment}から", "from {moment}"),
    "plan.facts": ("内容は{date}時点の公開情報によります。", "Based on public information gathered up to {date}."),
    "plan.understood": ("お聞きしたこと", "What you told us"),
    "plan.assumed": ("仮定したこと", "What we assumed"),
    "plan.how-long": ("どのくらいかかるか", "How long it takes"),
    "plan.right-now": ("今すぐ", "Right now"),
    "plan.meanwhile": ("それまでの間", "In the meantime"),
    "plan.no-return": ("もとに戻せないこと", "Points of no return"),
    "plan.call-first": ("先に電話で聞くこと", "Call first and ask"),
    "plan.afterwards": ("その後、必要なら", "Afterwards, if you want"),
    "plan.shorten": ("早くできるかもしれないこと", "What would shorten this"),
    "plan.advice": ("知っておくこと", "Good to know"),
    "plan.sources": ("出典", "Sources"),
    "plan.deadlock": ("このままでは進めないこと", "Where there is no way through yet"),
    "plan.disclaimer": (
        "これは出典付きの情報で、法律上の助言ではありません。窓口の説明が違うときは、窓口に従ってください。",
        "This is information with sources, not legal advice. Where a counter says otherwise, follow the counter.",
    ),
    # What was understood
    "label.lost": ("なくしたもの", "Lost"),
    "label.linked": ("カードに入っていたもの", "On the card"),
    "label.have": ("手元にあるもの", "You hold"),
    "label.how": ("なくし方", "How"),
    "label.insurer": ("健康保険", "Insurer"),
    "label.age": ("年齢", "Age"),
    "window": ("{opens}〜{closes}", "{opens}-{closes}"),
    "label.prefer": ("優先", "Preference"),
    "label.certainty": ("確かさ", "Certainty"),
    "value.nothing": ("(なし)", "(nothing named)"),
    "value.years": ("{age}歳", "{age}"),
    "how.outside": ("外でなくした", "lost outside the home"),
    "how.home": ("家の中でなくした", "lost inside the home"),
    "how.stolen": ("盗まれた", "stolen"),
    "how.fire": ("火災で失った", "lost in a fire"),
    "prefer.fastest": ("早さ", "fastest"),
    "prefer.cheapest": ("費用の安さ", "cheapest"),
    "prefer.fewest-visits": ("窓口に行く回数の少なさ", "fewest visits"),
    "certainty.confirmed": ("確認済み", "confirmed"),
    "certainty.reported": (
        "自治体の案内・報道などによる",
        "reported",
    ),
    "certainty.inferred": ("推定", "inferred"),
    "certainty.unknown": ("不明", "unknown"),
    "certainty.least": (
        "「{certainty}」以上の手続きだけを使う",
        "only steps that are {certainty} or better",
    ),
    # Assumptions
    "assume.how": (
        "外でなくしたとみなしました(家の中なら --how home、盗難なら --how stolen、火災なら --how fire)。",
        "We took it as lost outside the home (inside: --how home, theft: --how stolen, fire: --how fire).",
    ),
    "assume.insurer": (
        (
            "健康保険は「{insurer}」とみなしました({recognise})。違う場合は --insurer で選んでください。"
            "日数も行き先も変わります。"
        ),
        "We took your insurer to be {insurer}: {recognise}. If not, choose with --insurer; days and offices change.",
    ),
    "assume.not-linked": (
        (
            "なくしたカードに「{record}」は入っていなかったとみなしました。"
            "入っていた場合は --linked {option} を付けてください。"
        ),
        "We took it that the lost card did not carry: {record}. If it did, add --linked {option}.",
    ),
    "assume.travel": (
        "窓口への移動は{minutes}分ずつとみなしました(--travel-minutes で変えられます)。自分で運転しない前提です。",
        "We allow {minutes} minutes to each counter (--travel-minutes changes it), without driving yourself.",
    ),
    "assume.arrival": (
        "日数で届くものは、その日のうちに届き、次の日から窓口で使えるとみなしました。",
        "What takes days to come is taken to come in the course of its day and to serve at counters from the next.",
    ),
    "assume.morning": (
        "時刻の指定がないので{time}からとしました。",
        "No time was given, so we start at {time}.",
    ),
    # Gaps
    "days.one": ("{days}日", "{days} day"),
    "days.many": ("{days}日", "{days} days"),
    "days.range": ("{days}({best}〜{worst}日)", "{days} ({best} to {worst})"),
    "days.open": ("{days}(最短{best}日、最長は不明)", "{days} (at least {best}; how long at worst is not known)"),
    "days.unknown": ("日数は不明", "days not known"),
    "gap.line": ("{gap}: {days}", "{gap}: {days}"),
    "gap.never": (
        "手元のもので足りるので、途切れません。",
        "What you hold is enough: no gap opens.",
    ),
    "gap.until": (
        "{until}の手順{step}「{title}」で終わります。",
        "Ends on {until} with step {step}: {title}.",
    ),
    "gap.arrives": (
        "手順{step}「{title}」の後、{until}に届く見込みです。",
        "Expected to arrive on {until} after step {step}: {title}.",
    ),
    "gap.between": ("早ければ{best}、遅ければ{worst}。", "At the earliest {best}, at the latest {worst}."),
    "gap.from": ("早ければ{best}、最も遅い日は不明。", "At the earliest {best}; the latest day is not known."),
    "card.line": ("{item}が手元に戻るまで: {days}", "{item} back in hand: {days}"),
    "card.successor": ("{lost}の代わりの{item}が手元に届くまで: {days}", "{item} in place of {lost}: {days}"),
    "card.back": ("{item}が手元に戻るまで", "{item} back in hand"),
    "card.replaced": ("{lost}の代わりの{item}が手元に届くまで", "{item} in place of {lost}"),
    "card.have": ("{lost}の代わりになる{item}は手元にあります。", "You hold {item}, which counts in place of {lost}."),
    "wait.lead": (
        "待つ理由: 手順{step}「{title}」の後、届くまで{days}({since}〜{until})。",
        "Why the wait: {days} in the post or in the making after step {step}, {since} to {until} ({title}).",
    ),
    "wait.closed": (
        "待つ理由: 手順{step}「{title}」の窓口は{until}まで開きません。",
        "Why the wait: the counter for step {step} opens next on {until} ({title}).",
    ),
    "wait.over": (
        "待つ理由: 手順{step}「{title}」はその日の受付に間に合わず、{until}になります。",
        "Why the wait: step {step} misses that day's reception and is taken on {until} ({title}).",
    ),
    "wait.rule": (
        "待つ理由: 手順{step}「{title}」は{until}に始まる制度です。",
        "Why the wait: step {step} exists only from {until} on ({title}).",
    ),
    "fallback.line": (
        "手順「{title}」を断られた場合: {days}、{until}まで。先に電話で確かめてください。",
        'If you are refused at "{title}": {days}, until {until}. Call beforehand.',
    ),
    "fallback.none": (
        "手順「{title}」を断られた場合: 今わかっている書類では別の道がありません。先に電話で確かめてください。",
        'If you are refused at "{title}": no other way is known with the papers named. Call beforehand.',
    ),
    "totals.line": ("窓口に行く回数: {visits}回 / 手数料: {fee}", "Visits: {visits} / Fees: {fee}"),
    "totals.unsure": ("{fee}(不明・推定を含む。窓口で確認)", "{fee} (some not known or inferred: ask)"),
    "tradeoff.line": (
        "最も早い計画と比べて: 手数料 {fee}、窓口 {visits}回、{gaps}。",
        "Compared with the fastest plan: fees {fee}, visits {visits}, {gaps}.",
    ),
    "tradeoff.gap": ("{name} {days}日", "{name} {days} days"),
    "yen": ("{yen}円", "{yen} yen"),
    "yen.free": ("無料", "free"),
    "yen.range": ("{low}〜{high}円", "{low} to {high} yen"),
    "yen.unknown": ("不明(窓口で聞く)", "not known (ask)"),
    "yen.inferred": ("{fee}(推定)", "{fee} (inferred)"),
    # Steps
    "visit.line": ("窓口{number}: {office}({windows})", "Visit {number}: {office} ({windows})"),
    "visit.ordinal": ("窓口{number}", "Visit {number}"),
    "visit.remote": ("{office}({windows})", "{office} ({windows})"),
    "visit.windows": ("受付 {windows}", "reception {windows}"),
    "visit.always": ("24時間", "24 hours"),
    "visit.bring": ("持ち物", "Bring"),
    "visit.act": ("すること", "Do"),
    "visit.phone": (
        "番号 {number}({note})",
        "Number {number} ({note})",
    ),
    "bring.evidence": ("本人確認", "proof of identity"),
    "bring.presumed": (
        "本人確認(手元にあるとみなした書類)",
        "proof of identity (a paper we assume you hold)",
    ),
    "bring.own": ("用意するもの", "to prepare"),
    "bring.why-received": (
        "手順{received}で受け取る。{whys}({steps})",
        "handed out in step {received}; {whys} ({steps})",
    ),
    "bring.why": ("{whys}({steps})", "{whys} ({steps})"),
    "bring.line": (
        "{item}: {whys}({steps})",
        "{item}: {whys} ({steps})",
    ),
    "bring.received": (
        "{item}(手順{received}で受け取る): {whys}({steps})",
        "{item} (handed out in step {received}): {whys} ({steps})",
    ),
    "step.line": ("{step}. {title}", "{step}. {title}"),
    "step.time": ("{start}ごろ", "about {start}"),
    "step.fee": ("手数料: {fee}", "Fee: {fee}"),
    "step.fee-note": ("手数料: {fee}。{note}", "Fee: {fee}. {note}"),
    "step.sources": ("出典: {numbers}", "Sources: {numbers}"),
    "step.ready": (
        "{items}が届く見込み: {typical}",
        "{items} expected: {typical}",
    ),
    "step.ready-range": (
        "{items}が届く見込み: {typical}(早ければ{best}、遅ければ{worst})",
        "{items} expected: {typical} (earliest {best}, latest {worst})",
    ),
    "step.ready-open": (
        "{items}が届く見込み: {typical}(早ければ{best}、最も遅い日は不明)",
        "{items} expected: {typical} (earliest {best}; the latest day is not known)",
    ),
    "step.ready-unknown": (
        "{items}が届くまでの日数は不明です。窓口で聞いてください。",
        "When this arrives is not known, ask: {items}.",
    ),
    "step.certainty": ("確かさ: {certainty}", "Certainty: {certainty}"),
    "step.deadline": ("この手続きの期限: {date}", "Deadline for this step: {date}"),
    "step.blank": ("{item}: ________________", "{item}: ________________"),
    "step.no-return": ("もとに戻せません。", "This cannot be undone."),
    "step.skip": ("しないと: {skip}", "If left out: {skip}"),
    "why.unlocks": (
        "なぜ: {steps}に必要です。",
        "Why: needed for {steps}.",
    ),
    "why.goal": (
        "なぜ: {goals}のためです。",
        "Why: for {goals}.",
    ),
    "why.duty": ("なぜ: この場合は必ず行います。", "Why: it is always done in this case."),
    "why.waits": (
        "{steps}の後でないとできません。",
        "Only possible after {steps}.",
    ),
    "why.without": ("これを使わない計画: {differences}。", "The best plan without it: {differences}."),
    "why.no-way": ("これを使わない計画はありません。", "There is no plan without it."),
    "why.same": ("日数・回数・費用は同じ", "same days, visits and fees"),
    "why.gap": ("{name} {days}日", "{name} {days} days"),
    "why.visits": ("窓口 {visits}回", "{visits} visits"),
    "why.fee": ("手数料 {fee}", "fees {fee}"),
    "ask.evidence": (
        "{item}は本人確認書類として使えますか。",
        "Do you accept {item} as proof of identity?",
    ),
    "ask.line": (
        "{office}({steps})",
        "{office} ({steps})",
    ),
    "ask.blank": ("{asked}: ________ {person}: ____________", "{asked}: __________ {person}: ______________"),
    "blank.asked": ("聞いた日", "Date"),
    "blank.person": ("相手", "Spoke to"),
    "blank.office": ("届け出た所と電話", "Where, and its phone"),
    "blank.date": ("届け出た日", "Date"),
    "afterwards.line": ("{title}({date}から、{fee})", "{title} (from {date}, {fee})"),
    "improve.line": ("手元に次のどれかがあれば: {items} → {saves}", "If you hold any of these: {items} -> {saves}"),
    "improve.saves": (
        "{name}が{days}日早くなります",
        "{name} {days} days sooner",
    ),
    "improve.save-one": (
        "{name}が{days}日早くなります",
        "{name} 1 day sooner",
    ),
    "improve.unlocks": ("{name}に進めます", "opens the way to: {name}"),
    "route.line": (
        "計画に入れていない方法: {title}。できれば {saves}。先に聞いてください。",
        "Not counted on: {title}. If it works: {saves}. Ask first.",
    ),
    "route.undated": (
        "計画に入れていない方法: {title}。早くなるかもしれませんが、日数は不明です。先に聞いてください。",
        "Not counted on: {title}. It may be quicker; how many days is not known. Ask first.",
    ),
    "steps.one": (
        "手順{steps}",
        "step {steps}",
    ),
    "steps.many": (
        "手順{steps}",
        "steps {steps}",
    ),
    "tradeoff.none": (
        "最も早い計画と同じです。",
        "The same as the fastest plan.",
    ),
    "deadlock.pending": (
        "{name}: {steps}で届きますが、何日かかるかは公表されていません。申請のときに聞いてください。",
        "{name}: {steps} brings it, but nobody publishes in how many days. Ask when you apply.",
    ),
    "deadlock.rest": (
        "このほかの手続きは、次の計画どおりに進められます。",
        "Everything else can go ahead as planned below.",
    ),
    # Deadlocks
    "deadlock.goal": (
        "{name}: お聞きした書類と条件では、まだ道がありません。",
        "{name}: with the papers and conditions named there is no way to it yet.",
    ),
    "deadlock.evidence": (
        (
            "足りないもの: {rule}。手元にある、または届くもの: {at_hand}。ほかに使える書類: {others}。"
            "これがないとできない手続き: {titles}"
        ),
        "Lacking: {rule}. At hand or on its way: {at_hand}. Other papers that count: {others}. Needed for: {titles}",
    ),
    "deadlock.items": (
        "必要なもの: {items}。これがないとできない手続き: {titles}",
        "Needed: {items}, for: {titles}",
    ),
    "deadlock.ask": (
        "電話で確かめる道: {title}({office}) {question}",
        "A way to ask about: {title} ({office}). {question}",
    ),
    # Calendar
    "calendar.visit": ("{ordinal} {office}", "{ordinal}: {office}"),
    "calendar.arrival": ("届く見込み: {items}", "Expected: {items}"),
    "calendar.due": ("期限: {title}", "Last day: {title}"),
    "calendar.rule": (
        "{since}から数えて{rule}までです。窓口が開いている最後の日は{day}です。",
        "The rule runs from {since} to {rule}; the counter is last open on {day}.",
    ),
    "calendar.claim": ("{since}から数えて{rule}までです。", "Counted from {since}, it runs to {rule}."),
    "calendar.planned": (
        "計画では手順{step}で{date}にすることになっています。もう済んでいれば、することはありません。",
        "The plan does this in step {step} on {date}. Once that is done, nothing is left to do.",
    ),
    # Sources
    "source.line": ("{publisher}「{title}」({date})", "{publisher}: {title} ({date})"),
    "source.undated": ("日付なし", "undated"),
    # Comparisons
    "compare.title.routes": ("今回の紛失で選べる道の比較", "Ways through this loss, compared"),
    "compare.title.holdings": ("カードの持ち方の比較", "Ways of holding your cards, compared"),
    "compare.title.eras": ("同じ紛失を、日を変えて比べる", "The same loss on different dates"),
    "compare.title.scenarios": ("自分で決めた場合の比較", "Your own scenarios, compared"),
    "route.best": ("最もよい計画({prefer}を優先)", "Best plan ({prefer})"),
    "route.fastest": ("最も早い計画", "Fastest plan"),
    "route.cheapest": ("費用が最も安い計画", "Cheapest plan"),
    "route.fewest-visits": ("窓口に行く回数が最も少ない計画", "Plan with the fewest visits"),
    "era.row": ("{date}になくした場合", "Lost on {date}"),
    "era.row-time": ("{date} {time}になくした場合", "Lost on {date}, {time}"),
    "holding.alone": ("カード1枚だけをなくした場合", "One card alone is lost"),
    "holding.wallet": ("財布ごと(持ち歩くものすべて)なくした場合", "The wallet is lost, with all that is carried"),
    "holding.home": ("マイナンバーカードを家の中でなくした場合", "The My Number Card is lost inside the home"),
    "holding.row": ("{holding}: {item}をなくす", "{holding}: lost is {item}"),
    "column.row": ("比べるもの", "Scenario"),
    "column.cards": ("カードが戻る日数", "Days until card back"),
    "column.cards-long": ("なくしたカードがすべて戻るまでの日数", "Days until every lost card is back"),
    "column.visits": ("窓口の回数", "Visits"),
    "column.fee": ("手数料", "Fees"),
    "column.photo": ("残る写真付き身分証", "Photo identity left"),
    "column.phone": ("先に電話すること", "Phone first"),
    "cell.both": ("{days}、{refused}", "{days}; {refused}"),
    "cell.refused": ("断られると{refused}", "if refused: {refused}"),
    "cell.refused-no-way": ("断られると道なし", "if refused: no way"),
    "cell.offices": ("{count}か所", "offices: {count}"),
    "cell.unknown": ("日数は不明", "days not known"),
    "cell.no-way": ("まだ道がない", "no way yet"),
    "cell.range": ("{typical}({best}〜{worst})", "{typical} ({best}-{worst})"),
    "cell.open": ("{typical}({best}〜不明)", "{typical} ({best}-?)"),
    "cell.none": ("なし", "none"),
    "cell.partly": ("わかる分は{fee}(一部不明)", "known part: {fee}; some not known"),
    "cell.photo-later": ("{days}日目まではなし(その後 {item})", "none until day {days} ({item})"),
    "cell.photo-today": ("その日のうちに{item}", "{item}, that same day"),
    "compare.also": ("同じ計画: {rows}", "The same plan: {rows}"),
    "compare.row": ("「{title}」", '"{title}"'),
    "compare.rows": ("{rows}番", "rows {rows}"),
    "compare.days": ("{days}", "{days}"),
    "compare.refused": ("{days}、断られると{refused}", "{days}, or {refused} if refused"),
    "compare.refused-no-way": ("{days}、断られると道なし", "{days}, or no way if refused"),
    "compare.successor": ("{lost}の代わりは{item}です。", "In place of {lost}: {item}."),
    "compare.difference": (
        "{column}は、{best}なら{best_days}、{worst}なら{worst_days}です。",
        "{column}: with {best}, {best_days}; with {worst}, {worst_days}.",
    ),
    "compare.only-costs": (
        "日数はどの行も同じです。違いは手数料か窓口の回数です。",
        "The days are the same in every row; fees or visits differ.",
    ),
    "compare.same": (
        "日数・手数料・窓口の回数は、どの行も同じです。",
        "Days, fees and visits are the same in every row.",
    ),
    "compare.one-plan": ("どの道を選んでも、同じ計画になります。", "Every way comes out as the same plan."),
    "compare.none": (
        "今の条件では、どれも最後まで進めません。足りないものと聞く相手は lostcard plan で確かめられます。",
        "None of these leads to the end on these terms. What is missing and whom to ask: lostcard plan says it.",
    ),
    "compare.stuck": (
        "今の条件では最後まで進めないもの: {rows}。",
        "No way to everything on these terms: {rows}.",
    ),
    "compare.lost-together": (
        "{need}: {rows}では、証明できるものもほかと一緒になくしています。",
        "As to {need}: with {rows}, what shows it is lost together with the rest.",
    ),
    "compare.photo-lost": (
        "{need}: {rows}では、すぐに受け取るための写真付き身分証もほかと一緒になくしています。",
        "As to {need}: with {rows}, the photo identity that gets it back at once is lost together with the rest.",
    ),
    "compare.vanishes": (
        "そのため、窓口で断られないかぎり、{rows}は{hardest}と同じになります。",
        "So, unless a counter refuses, nothing is left of what {rows} had over {hardest}.",
    ),
    "compare.shrinks": (
        "そのため、{rows}と{hardest}の差は縮みます。",
        "So {rows} and {hardest} are less far apart.",
    ),
    "compare.all-none": ("{title}: どれも0", "{title}: 0 in every row"),
    "compare.mark": (
        (
            "* その列で最もよいもの(同点はすべて)。日数は、ふつう、最長、断られた場合、最短の順に比べます。"
            "すべて同じ列と、不明なものには付きません。"
        ),
        (
            "* best in its column, ties included: days by typical, then worst, then if refused, then best. "
            "No mark where all rows tie, and never for what is not known."
        ),
    ),
    "compare.figures": (
        "日数は「ふつう(最短〜最長)」。なくした日を0日目と数えます。",
        "Days are typical (best-worst), counted from the day of the loss as day 0.",
    ),
    "compare.axis": ("なくした日からの日数", "Days from the loss"),
    "compare.bars": (
        "{best} 最短まで {typical} ふつう {worst} 最長 {refused} 断られた場合",
        "{best} at best {typical} typical {worst} at worst {refused} if refused",
    ),
    "compare.assumed-everywhere": ("どの行でも仮定したこと", "Assumed in every row"),
    "compare.assumed-here": ("行によって違う仮定", "Assumptions that differ between the rows"),
    "compare.only-in": ("{rows}だけ: {assumption}", "Only in {rows}: {assumption}"),
    "label.from": ("始める日時", "From"),
    "compare.steps": ("それぞれの手順", "The steps of each row"),
    "compare.details": (
        "一つの計画をくわしく見るには、同じ条件で lostcard plan を使ってください。",
        "For every detail of one plan, use lostcard plan with the same options.",
    ),
    # A year
    "year.title": ("{year}年のどの日になくすと何日かかるか", "The same loss on every day of {year}"),
    "year.progress": ("{year}年を1日ずつ計画しています", "Planning every day of {year}"),
    "year.summary": (
        "最も短い日で{best}、中央値{median}、最も長い日で{worst}。",
        "Best day {best}, median {median}, worst day {worst}.",
    ),
    "year.best": ("最もよい日({days}): {runs}", "Best days to lose it ({days}): {runs}"),
    "year.worst": ("悪い時期(最長{days}): {runs}", "Bad stretch (up to {days}): {runs}"),
    "year.run": ("{first}〜{last}", "{first} to {last}"),
    "year.more": ("ほか{count}回", "and {count} more times"),
    "year.reason": ("{date}の場合: {reason}", "On {date}: {reason}"),
    "year.no-wait": ("待たずに、その日のうちに済みます。", "no wait: it is done that same day."),
    "year.lead": ("「{title}」の後、手に入るまで{days}。", "{days} until it takes effect or arrives: {title}."),
    "year.lead-over": (
        "{causes}をはさむため「{title}」の後、手に入るまで{days}。",
        "{causes} in between: {days} until it takes effect or arrives: {title}.",
    ),
    "year.never": (
        "{title}: どの日になくしても、今の条件では最後まで進めないか、日数がわかりません。",
        "{title}: on no day of the year is there a way of known length on these terms.",
    ),
    "year.unknown-days": ("不明・道なし", "not known or no way"),
    "year.closed": (
        "{causes}のため「{title}」は{until}まで待ちます。",
        "{causes}: this waits until {until}: {title}.",
    ),
    "year.over": (
        "その日の受付に間に合わず「{title}」は{until}になります。",
        "that day's reception is missed; taken on {until}: {title}.",
    ),
    "year.rule": ("「{title}」は{until}に始まる制度です。", "this exists only from {until} on: {title}."),
    "year.holiday": ("祝日", "public holiday"),
    "year.weekend": ("土日", "weekend"),
    "year.office-closure": ("窓口の休み", "the office is closed"),
    "year.legend": (
        "1行が1か月、ひとかたまりが月曜から日曜までの1週間。文字はその日になくした場合の日数(ふつう)です。",
        "A line is a month, a block a week from Monday to Sunday. Each sign is the typical days if lost that day.",
    ),
    "year.letters": ("a は10日、{last} は{days}日。", "a is 10 days, {last} is {days}."),
    "year.beyond": ("+ は{days}日より長い日。", "+ is more than {days} days."),
    "year.impossible": ("- はまだその制度がなかった日。", "- is a day on which what you named did not exist."),
    "year.unknown": ("? は道がないか、日数のわからない日。", "? is a day with no way through, or of unknown length."),
    "column.group": ("なくし方", "Loss"),
    "column.also": ("同じ計画になるもの", "The same plan as"),
    "column.impossible": ("できない理由", "Why not"),
    "figure.refused": ("断られた場合", "if refused"),
    "figure.low": ("最低", "lowest"),
    "figure.high": ("最高", "highest"),
    "figure.impossible": ("まだ制度なし", "did not exist yet"),
    "column.date": ("なくした日", "Date of the loss"),
    "column.days-of-year": ("その日数になる日(年間)", "Days of the year that cost so many"),
    "column.month": ("月", "Month"),
    "figure.best": ("最短", "best"),
    "figure.typical": ("ふつう", "typical"),
    "figure.worst": ("最長", "worst"),
    "figure.unknown": ("不明", "unknown"),
    # The page
    "page.kept": (
        "チェックと記入は、このブラウザの中だけに残ります。",
        "What you tick and write stays in this browser only.",
    ),
    "page.not-kept": (
        "このブラウザでは、閉じるとチェックと記入が消えます。印刷するか、書き写してください。",
        "This browser forgets what you tick and write when it closes. Print the page, or copy it.",
    ),
    "page.clear": ("チェックと記入を消す", "Clear ticks and notes"),
    "page.pages": ("{page} / {pages} ページ", "Page {page} of {pages}"),
    "timeline.title": ("なくした日からの日数", "Days from the loss"),
    "timeline.best": ("早ければ", "at the earliest"),
    "timeline.typical": ("ふつう", "typical"),
    "timeline.worst": ("遅ければ", "at the latest"),
    # Help
    "help.app": (
        "日本でカードをなくした人のための計画: 今すぐすること、行き先、順番、日、持ち物、費用。",
        "For a person in Japan who has lost a card: what to do now, where to go, in which order, on which day.",
    ),
    "help.plan": (
        "なくしたカードから、最もよい手続きの計画を作ります。",
        "Make the best plan for what was lost.",
    ),
    "help.compare": (
        "選べる道を日数・費用・回数で比べます。--lost がなければ、カードの持ち方を比べます。",
        "Compare ways through a loss by days, fees and visits; without --lost, ways of holding your cards.",
    ),
    "help.compare-example": (
        "例: lostcard compare --lost mynacard --linked license --linked insurance --have passport",
        "Example: lostcard compare --lost mynacard --linked license --linked insurance --have passport",
    ),
    "help.froms": (
        "始める日、または日時。二つ以上なら、同じ紛失を日ごとに比べます。初期値は今。",
        "The date, or date and time, to start from; several compare the same loss on each of them. Default: now.",
    ),
    "help.year": (
        "その年の毎日について、同じ紛失で何日かかるかを調べます(--lost と一緒に)。",
        "Find the days that the same loss costs on every day of this year (with --lost).",
    ),
    "help.scenarios": (
        "自分で決めた場合を書いた YAML ファイル。",
        "A YAML file with scenarios of your own.",
    ),
    "help.compare-format": (
        "出力の形式: text、json、csv、markdown、html。初期値は text。",
        "Output format: text, json, csv, markdown or html. Default: text.",
    ),
    "help.example": (
        "例: lostcard plan --lost mynacard --linked license --linked insurance --have passport",
        "Example: lostcard plan --lost mynacard --linked license --linked insurance --have passport",
    ),
    "help.lost": (
        (
            "なくしたもの(何度でも)。mynacard、license、insurance-card、"
            "eligibility-certificate、residence-card、mynalicense。"
        ),
        (
            "What was lost; may be repeated: mynacard, license, insurance-card, eligibility-certificate, "
            "residence-card, mynalicense."
        ),
    ),
    "help.linked": (
        "マイナンバーカードに入っていたもの(何度でも)。license、insurance。",
        "What the My Number Card carried; may be repeated: license, insurance.",
    ),
    "help.have": (
        "手元に残っている書類(何度でも)。passport、license、residence-card、pension-notice など。",
        "Papers you still hold; may be repeated: passport, license, residence-card, pension-notice and others.",
    ),
    "help.insurer": (
        (
            "健康保険の種類: nhi(国保)、late-stage(後期高齢者)、kyokai(協会けんぽ)、society(健保組合)、"
            "mutual-aid(共済)、nhi-society(国保組合)。"
        ),
        (
            "Health insurer: nhi (国保), late-stage (後期高齢者), kyokai (協会けんぽ), society (健保組合), "
            "mutual-aid (共済), nhi-society (国保組合)."
        ),
    ),
    "help.age": ("年齢(満年齢)。", "Age in completed years."),
    "help.how": (
        "なくし方: outside(外)、home(家の中)、stolen(盗難)、fire(火災)。初期値は outside。",
        "How it was lost: outside, home, stolen or fire. Default: outside.",
    ),
    "help.from": (
        "始める日、または日時(例: 2026-11-24T09:00、日本時間)。初期値は今。",
        "The date, or date and time, to start from, in Japan, as 2026-11-24T09:00. Default: now.",
    ),
    "help.prefer": (
        "優先するもの: fastest(早さ)、cheapest(費用)、fewest-visits(回数)。初期値は fastest。",
        "What comes first: fastest, cheapest or fewest-visits. Default: fastest.",
    ),
    "help.travel": ("窓口への移動にかかる分。初期値は60。", "Minutes to each counter. Default: 60."),
    "help.certainty": (
        "これより不確かな手続きを使わない: confirmed、reported、inferred、unknown。初期値は inferred。",
        "Leave out steps less certain than this: confirmed, reported, inferred or unknown. Default: inferred.",
    ),
    "help.lang": ("言語: ja または en。", "Language: ja or en."),
    "help.format": (
        "出力の形式: text、html(スマートフォンと印刷用)、ics(カレンダー用)、pdf、markdown、json。初期値は text。",
        "Output format: text, html (for a phone, and to print), ics (calendar), pdf, markdown or json. Default: text.",
    ),
    "help.output": (
        "このファイルに書きます。形式は名前の終わり(.html、.ics など)で決まります。既にあるファイルには書きません。",
        "Write to this file, in the format its ending names (.html, .ics ...); an existing one is never overwritten.",
    ),
    "help.force": ("--output のファイルが既にあれば置き換えます。", "Replace the --output file if it exists."),
    "help.open": ("書いたファイルを開きます。", "Open the file once it is written."),
    "help.explain": ("手順ごとに理由を書きます。", "Say why each step is there."),
    "help.color": (
        "色: auto、always、never。初期値は auto(端末だけ)。NO_COLOR も効きます。",
        "Colour: auto, always or never. Default: auto (terminals only). NO_COLOR is honoured.",
    ),
    "help.version": ("版を表示します。", "Show the version."),
    "help.help": ("この説明を表示します。", "Show this help."),
    "help.install-completion": ("シェルの補完を設定します。", "Install completion for the shell."),
    "help.show-completion": ("シェルの補完の設定を表示します。", "Show the completion set-up for the shell."),
    "help.usage": ("使い方: {usage}", "Usage: {usage}"),
    "help.options": ("オプション", "Options"),
    "help.commands": ("コマンド", "Commands"),
    "help.word-options": ("[オプション]", "[OPTIONS]"),
    "help.word-command": ("コマンド [引数]", "COMMAND [ARGS]"),
    # Errors
    "error.prefix": ("エラー: {message}", "Error: {message}"),
    "error.try-help": ("使い方は「{command} --help」で見られます。", 'See "{command} --help" for how to use it.'),
    "error.nothing-lost": (
        "何をなくしたかが指定されていません。例: --lost mynacard",
        "Nothing was named as lost. Example: --lost mynacard",
    ),
    "error.unknown-name": (
        "{option}: 「{value}」という名前はありません。{nearest}使える名前: {allowed}",
        '{option}: there is no "{value}". {nearest}Allowed: {allowed}',
    ),
    "error.nearest": ("もしかして: {names}。", "Did you mean {names}? "),
    "error.bad-choice": (
        "{option}: 「{value}」は使えません。使える値: {allowed}",
        '{option}: "{value}" is not possible. Allowed: {allowed}',
    ),
    "error.bad-date": (
        "{option}: 「{value}」は日付として読めません。2026-11-24 または 2026-11-24T09:00 の形で書いてください。",
        '{option}: "{value}" is not a date. Write it as 2026-11-24 or 2026-11-24T09:00.',
    ),
    "error.bad-number": (
        "{option}: 「{value}」は{low}から{high}までの整数にしてください。",
        '{option}: "{value}" must be a whole number from {low} to {high}.',
    ),
    "error.lost-and-held": (
        "なくしたものと手元にあるものの両方に指定されています: {items}。どちらか一方にしてください。",
        "Named both as lost and as still held: {items}. Keep one of the two.",
    ),
    "error.linked-to-nothing": (
        "--linked の「{record}」は「{carrier}」に入るものです。--lost {option} か --have {option} も付けてください。",
        "--linked: {record} is carried by {carrier}; add --lost {option} or --have {option}.",
    ),
    "error.file-unreadable": (
        "{path} を読めません({reason})。ファイルの名前と場所を確かめてください。",
        "{path} cannot be read ({reason}). Check its name and place.",
    ),
    "error.file-not-text": (
        "{path} は UTF-8 のテキストではありません({position}バイト目)。UTF-8 で保存してください。",
        "{path} is not UTF-8 text (byte {position}). Save it as UTF-8.",
    ),
    "error.scenarios": (
        "{path} に{count}件の誤りがあります。\n{problems}",
        "{path} has {count} problem(s).\n{problems}",
    ),
    "error.at": ("{where}: {problem}", "{where}: {problem}"),
    "error.no-scenarios": (
        "scenarios: の下に、場合ごとの名前と内容を書いてください。",
        "Write your scenarios under scenarios:, each with a name of its own.",
    ),
    "error.needs-keys": (
        "{option}: 項目と値を書いてください。使える項目: {allowed}",
        "{option}: keys and values are needed here: {allowed}",
    ),
    "error.needs-list": (
        "{option}: 名前か、名前の並び([a, b])を書いてください。",
        "{option}: a name or a list of names ([a, b]) is needed.",
    ),
    "error.needs-text": ("{option}: 一つの値を書いてください。", "{option}: a single value is needed."),
    "error.title": (
        "{option}: 題は、空でない文字列か、ja と en の組にしてください。制御文字は使えません。",
        "{option}: a title is a text that is not empty, or one for ja and en each; no control characters.",
    ),
    "error.linked-needs-lost": (
        (
            "--linked は --lost と一緒に使います。"
            "--lost がないときは持ち方を比べ、カードに入れるものは持ち方ごとに決まっています。"
        ),
        "--linked goes with --lost. Without --lost, ways of holding are compared, and each says what is on the card.",
    ),
    "error.have-is-placed": (
        "--have の {items} は、比べる持ち方のほうで置き場所が決まっています。--have から外してください。",
        "--have: where {items} is kept is what the compared ways of holding differ in. Leave it out of --have.",
    ),
    "error.not-together": (
        "{options} は一緒に使えません。どちらかを外してください。",
        "{options} cannot be used together. Leave one of them out.",
    ),
    "error.needs-lost": (
        "{option} は --lost と一緒に使います。なくしたものを --lost で指定してください。",
        "{option} needs --lost. Name what was lost with --lost.",
    ),
    "error.not-yet": (
        "{date}には「{item}」はまだありませんでした({since}から)。",
        "On {date} there was no {item} yet; it exists since {since}.",
    ),
    "error.no-calendar": (
        "{date}の祝日がわからないため計画できません。使えるのは{first}から{last}までです。",
        "No holidays are known for {date}; plans can start from {first} to {last}.",
    ),
    "error.catalogue": (
        "事実のファイル {path} に{count}件の誤りがあります。\n{problems}",
        "The catalogue {path} has {count} problem(s).\n{problems}",
    ),
    "error.output-exists": (
        "{path} は既にあります。置き換えるなら --force を付けてください。",
        "{path} exists already. Add --force to replace it, or choose another name.",
    ),
    "error.output-failed": (
        "{path} に書けません({reason})。書ける場所を --output に指定してください。",
        "{path} cannot be written ({reason}). Give --output a place that can be written to.",
    ),
    "error.screen-failed": (
        "結果を出力できませんでした({reason})。",
        "The answer could not be printed ({reason}).",
    ),
    "error.output-directory": (
        "{path} はフォルダーです。ファイル名まで指定してください。",
        "{path} is a folder. Give the name of a file in it.",
    ),
    "error.output-not-a-file": (
        "{path} は普通のファイルではありません。別の名前を指定してください。",
        "{path} is not an ordinary file. Choose another name.",
    ),
    "error.needs-output": (
        "{option} は --output と一緒に使います。",
        "{option} only makes sense together with --output.",
    ),
    "error.unknown-ending": (
        "{path}: 「{ending}」で終わる名前に合う形式がありません。使えるのは {allowed}、または --format です。",
        '{path}: the ending "{ending}" names no format here. Endings: {allowed}. Or add --format.',
    ),
    "error.not-for-screen": (
        "{format} は画面には表示できません。--output FILE でファイルに書いてください。",
        "{format} cannot be shown on the screen. Write it to a file with --output FILE.",
    ),
    "error.no-pdf": (
        (
            "PDFを作る部品が入っていません。pip install 'lostcard[pdf]' で入れるか、"
            "--format html のページをブラウザから印刷してください。"
        ),
        (
            "What makes a PDF is not installed. Install it with: pip install 'lostcard[pdf]'. "
            "Or print the page of --format html from a browser."
        ),
    ),
    "error.no-such-option": (
        "「{option}」というオプションはありません。{nearest}",
        "There is no option {option}. {nearest}",
    ),
    "error.option-needs-value": ("{option} には値が必要です。", "{option} needs a value."),
    "error.option-takes-no-value": ("{option} に値は付けられません。", "{option} takes no value."),
    "error.no-command": (
        "何をするかが指定されていません。例: lostcard plan --lost mynacard",
        "No command was given. Example: lostcard plan --lost mynacard",
    ),
    "error.no-such-command": (
        "「{value}」というコマンドはありません。{nearest}",
        'There is no command "{value}". {nearest}',
    ),
    "error.extra-argument": (
        "余分な引数があります: {value}。値はオプションの後に書きます(例: --lost mynacard)。",
        "Unexpected argument: {value}. Values follow an option, as --lost mynacard.",
    ),
    "error.usage": ("{message}", "{message}"),
    "error.interrupted": ("中断しました。", "Interrupted."),
    "error.bug": (
        (
            "lostcard の不具合です。計画は作れませんでした。次の内容をそのまま報告してください"
            "(オプションに書いた内容が含まれます)。"
        ),
        (
            "This is a bug in lostcard; no plan was made. Please report the following as it is "
            "(it contains the options you gave)."
        ),
    ),
    "done.written": ("{path} に書きました。", "Written to {path}."),
    "done.not-opened": (
        "{path} を開けませんでした。ご自分で開いてください。",
        "{path} could not be opened here. Please open it yourself.",
    ),
}


def detect_language(arguments: list[str], environment: dict[str, str]) -> str:
    """Return the language asked for: --lang, then LOSTCARD_LANG, then the locale; English where none fits."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            if value.lower() in LANGUAGES:
                return value.lower()
    asked = environment.get("LOSTCARD_LANG", "").lower()
    if asked in LANGUAGES:
        return asked
    locale = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    return "ja" if locale.lower().startswith("ja") else "en"
