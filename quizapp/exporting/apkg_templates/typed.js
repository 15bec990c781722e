(function () {
  if (root.dataset.side !== "back") return;
  var shown = root.querySelector("code#typeans");
  if (!shown) return;
  // What was typed stands before the arrow; without an arrow it was right, or nothing was typed.
  var typed = "", compared = false, node = shown.firstChild;
  for (; node && node.nodeName !== "BR"; node = node.nextSibling) {
    if (node.nodeType === 1 && !node.classList.contains("typeMissed")) typed += node.textContent;
  }
  compared = shown.querySelector(".typeGood, .typeBad") !== null;
  if (!compared) return;
  var place = root.querySelector(".typing");
  var answer = root.querySelector(".expected").textContent, allowed = parseFloat(place.dataset.tolerance);
  var list = /[[(]/.test(answer);
  var accepted = Array.prototype.map.call(root.querySelectorAll(".accepted li"), function (entry) { return entry.textContent; });
  var right = accepted.concat([answer]).some(function (one) { return same(typed, one); });
  var hit = null;
  if (!right) root.querySelectorAll(".mistakes tr").forEach(function (line) {
    if (!same(typed, line.cells[0].textContent)) return;
    line.classList.add("hit");
    hit = hit || element("div", "words hit");
    var part = element("div", line.closest(".zh") ? "zh" : "en");
    part.innerHTML = line.cells[1].innerHTML;
    hit.appendChild(part);
  });
  // Words that are not in the list may be right all the same; only numbers can be judged for certain.
  if (hit) place.after(hit);
  if (right || hit || (!isNaN(allowed) && numbers(typed) && numbers(answer))) place.before(verdict(right));

  // Spaces and hyphens join words; before a digit a hyphen is a sign.
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[−–]/g, "-").replace(/[\s_]+|[‐-](?!\d)/g, "").replace(/^["'“‘]+|["'”’.。]+$/g, "");
  }
  function numbers(text) {
    text = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/[A-Za-z_]\w*\s*[=:]/g, " ");
    if (!list) text = text.replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
    if (/[^\d\s.,;+\-\/%()[\]]/.test(text.replace(/(\d)e(?=[-+]?\d)/gi, "$1"))) return null;
    var found = text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:\s*\/\s*\d+\.?\d*)?%?/gi);
    return found && found.map(function (one) {
      var parts = one.split("/"), value = parseFloat(parts[0]) / (parts[1] ? parseFloat(parts[1]) : 1);
      return one.slice(-1) === "%" ? value / 100 : value;
    });
  }
  function same(one, other) {
    if (plain(one) === plain(other)) return true;
    if (isNaN(allowed)) return false;
    var mine = numbers(one), theirs = numbers(other);
    return !!mine && !!theirs && mine.length === theirs.length && mine.every(function (value, i) {
      return Math.abs(value - theirs[i]) <= Math.max(allowed * (1 + 1e-9), 1e-9 * Math.max(1, Math.abs(theirs[i])));
    });
  }
})();
