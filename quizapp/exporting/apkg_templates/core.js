// Shared by all cards: the language button, and what the front of a card hands to its back.
var root = document.querySelector(".quizapp");
var key = root.dataset.id;

function attempt(action) {
  try { return action(); } catch (error) { return null; }
}
function element(tag, classes, text) {
  var made = document.createElement(tag);
  made.className = classes;
  if (text) made.textContent = text;
  return made;
}
// Both stores: some programs load front and back as separate pages, others have no storage at all.
function save(state) {
  window.quizappKept = { key: key, state: state };
  attempt(function () { sessionStorage.setItem("quizapp", JSON.stringify(window.quizappKept)); });
}
function load() {
  var kept = attempt(function () { return JSON.parse(sessionStorage.getItem("quizapp")); }) || window.quizappKept;
  return kept && kept.key === key ? kept.state : null;
}
// The entries of a list in both languages, taken out of the page: one element for each.
function entries(selector) {
  var holder = root.querySelector(selector);
  var lists = ["en", "zh"].map(function (language) {
    return holder ? holder.querySelectorAll(":scope > ." + language + " > ol > li") : [];
  });
  var count = Math.max(lists[0].length, lists[1].length);
  var made = [];
  for (var i = 0; i < count; i++) {
    var words = element("div", "words");
    ["en", "zh"].forEach(function (language, side) {
      var entry = lists[side][i];
      if (!entry || !entry.hasChildNodes()) return;
      if (side === 1 && lists[0][i] && lists[0][i].innerHTML === entry.innerHTML) return;
      var part = element("div", language);
      part.innerHTML = entry.innerHTML;
      words.appendChild(part);
    });
    made.push(words);
  }
  if (holder) holder.remove();
  return made;
}
function positions(text) {
  return (text.match(/\d+/g) || []).map(function (number) { return Number(number) - 1; });
}
function shuffled(count) {
  var order = [];
  for (var i = 0; i < count; i++) order.splice(Math.floor(Math.random() * (i + 1)), 0, i);
  return order;
}
function asked(order, count) {
  return order && order.length === count ? order : null;
}
// A shuffle that does not give the solution away.
function deranged(count, solution) {
  for (var tries = 0; tries < 20; tries++) {
    var order = shuffled(count);
    if (order.join() !== solution.join()) return order;
  }
  return solution.slice().reverse();
}
function row(tag, mark, words) {
  var made = element(tag, "choice");
  if (tag === "button") made.type = "button";
  made.appendChild(element("span", "mark", mark));
  made.appendChild(words);
  return made;
}
function verdict(right) {
  var line = element("p", "verdict label " + (right ? "yes" : "no"));
  line.appendChild(element("span", "en", right ? "✓ Right" : "✗ Not right"));
  line.appendChild(element("span", "zh", right ? "✓ 正确" : "✗ 不正确"));
  return line;
}
// A tapped button would take the next space bar, which is to show the answer.
function onTap(button, action) {
  button.addEventListener("click", function () { button.blur(); action(); });
}

(function () {
  var languages = ["both", "en", "zh"];
  var names = { both: "EN 中", en: "EN", zh: "中" };
  var wanted = attempt(function () { return localStorage.getItem("quizapp-language"); })
    || getComputedStyle(root).getPropertyValue("--quizapp-language").trim();
  var button = element("button", "language");
  button.type = "button";
  function show(language) {
    root.dataset.language = language;
    button.textContent = names[language];
  }
  show(languages.indexOf(wanted) < 0 ? "both" : wanted);
  if (root.querySelector(".words > .zh:not(:only-child)")) {
    root.querySelector(".top").appendChild(button);
    onTap(button, function () {
      show(languages[(languages.indexOf(root.dataset.language) + 1) % languages.length]);
      attempt(function () { localStorage.setItem("quizapp-language", root.dataset.language); });
    });
  }
})();
