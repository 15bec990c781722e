"""The cards' scripts in a real browser: every card is answered on its front and judged on its back."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from quizapp.library import Library
from tests.quizapp.exporting.anki_profile import Profile
from tests.quizapp.exporting.test_apkg import package

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--virtual-time-budget=10000", "--dump-dom"),
)
PAGE = r"""<!doctype html><meta charset="utf-8"><body class="card"><div id="qa"></div><pre id="out"></pre><script>
const results = [];
let error = null;
window.onerror = (message) => { error = message; };
// As Anki does: the page stays, its content is replaced and its scripts are run.
function show(markup) {
  const place = document.getElementById("qa");
  place.innerHTML = markup;
  place.querySelectorAll("script").forEach((script) => {
    const fresh = document.createElement("script");
    fresh.textContent = script.textContent;
    script.replaceWith(fresh);
  });
}
for (const [name, kind, right, front, back] of CARDS) {
  error = null;
  show(front);
  const rows = [...document.querySelectorAll("button.choice")];
  const kept = window.quizappKept && window.quizappKept.state;
  if (kind === "choice") right.forEach((option) => rows[kept.order.indexOf(option)].click());
  if (kind === "choice-wrong") rows[kept.order.findIndex((option) => !right.includes(option))].click();
  if (kind === "order" || kind === "match") {
    // The right entries, found by their words in the list that the field holds.
    const listed = [...new DOMParser().parseFromString(front, "text/html")
      .querySelectorAll(kind === "order" ? ".entries > .en > ol > li" : ".others > .en > ol > li")];
    right.forEach((entry) => {
      const row = rows.find((one) => (one.querySelector(".words > .en") || one).innerHTML === listed[entry].innerHTML);
      if (!row.classList.contains("chosen")) row.click();
    });
  }
  show(back);
  const verdict = document.querySelector(".verdict");
  results.push({
    name, kind, error,
    verdict: verdict && verdict.classList.contains("yes"),
    mistake: document.querySelector(".words.hit") !== null,
    leftover: document.querySelector("#qa .plain") !== null,
  });
}
document.getElementById("qa").innerHTML = "";
document.getElementById("out").textContent = "RESULTS" + JSON.stringify(results) + "END";
</script>"""


def front_of(question: str) -> str:
    return question.replace("[[type:Answer]]", '<input id="typeans">')


def cards(anki: Profile) -> list[list[Any]]:
    found: list[list[Any]] = []
    for card in anki.cards():
        note = card.note()
        kind = str(note.note_type()["name"]).rpartition(" ")[2].lower()  # type: ignore[index]  # every note has one
        right = [int(place) - 1 for place in note["Right"].split()] if "Right" in note else []
        front, back = front_of(card.question()), card.answer()
        if kind != "typed":
            found.append([note["Id"], kind, right, front, back])
            if kind == "choice":
                found.append([note["Id"], "choice-wrong", right, front, back])
            continue
        answer = html.unescape(note["Answer"])
        mistakes = [html.unescape(form) for form in re.findall(r"<td><code>([^<]+)</code>", note["MistakesEn"])]
        spaced = answer.replace(",", " ,  ")
        typed = [("right", answer), ("right", spaced), ("nothing", ""), ("other", "zzz")]
        typed += [("mistake", form) for form in mistakes]
        if re.fullmatch(r"\d.*", answer):
            typed.append(("sign", f"-{answer}"))
        for what, given in typed:
            compared = anki.collection.compare_answer(answer, given)
            shown = back.replace("[[type:Answer]]", f"<div>{compared}</div>")
            found.append([note["Id"], what, right, front, shown])
    return found


def judged(anki: Profile, folder: Path) -> list[dict[str, Any]]:
    page = folder / "cards.html"
    data = json.dumps(cards(anki)).replace("</", "<\\/").replace("<!--", "<\\!--")
    page.write_text(PAGE.replace("CARDS", data, 1), encoding="utf-8")
    done = subprocess.run(
        [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'browser'}", page.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=True,
    )
    found = re.search(r"RESULTS(\[.*?\])END", html.unescape(done.stdout), re.DOTALL)
    assert found is not None
    results: list[dict[str, Any]] = json.loads(found[1])
    return results


EXPECTED = {"choice": True, "order": True, "match": True, "right": True, "choice-wrong": False, "mistake": False}


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
@pytest.mark.parametrize("content", ["library", "nasty"])
def test_every_card_can_be_answered_by_taps_and_is_judged_rightly(
    content: str, request: pytest.FixtureRequest, anki: Profile, tmp_path: Path
) -> None:
    library: Library = request.getfixturevalue(content)
    anki.take(package(library))
    results = judged(anki, tmp_path)
    assert {result["kind"] for result in results} >= {"choice", "order", "match", "right", "mistake", "cloze"}
    for result in results:
        assert (result["error"], result["leftover"]) == (None, False), result
        if result["kind"] in EXPECTED:
            assert result["verdict"] is EXPECTED[result["kind"]], result
        else:
            assert result["verdict"] is not True, result
        assert result["mistake"] == (result["kind"] == "mistake"), result
