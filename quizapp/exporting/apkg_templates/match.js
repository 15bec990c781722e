(function () {
  var place = root.querySelector(".entries");
  var partners = positions(place.dataset.right);
  var back = root.dataset.side === "back";
  var list = element("div", back ? "choices" : "sides");
  place.after(list);
  var left = entries(".left"), right = entries(".others");
  place.remove();

  if (!back) {
    var order = deranged(right.length, partners), taken = {}, active = 0;
    var columns = [element("div", "choices"), element("div", "choices")];
    columns.forEach(function (column) { list.appendChild(column); });
    var lefts = left.map(function (words, at) { return row("button", String(at + 1), words); });
    var rights = order.map(function (entry) { return row("button", "", right[entry]); });
    lefts.forEach(function (made, at) {
      columns[0].appendChild(made);
      onTap(made, function () { delete taken[at]; active = at; show(); });
    });
    rights.forEach(function (made, at) {
      columns[1].appendChild(made);
      onTap(made, function () {
        var entry = order[at], owner = ownerOf(entry);
        if (owner !== null) { delete taken[owner]; active = owner; }
        else if (active !== null) { taken[active] = entry; active = nextFree(); }
        show();
      });
    });
    show();
    return;
  }

  function ownerOf(entry) {
    for (var at in taken) if (taken[at] === entry) return Number(at);
    return null;
  }
  function nextFree() {
    for (var at = 0; at < left.length; at++) if (!(at in taken)) return at;
    return null;
  }
  function show() {
    lefts.forEach(function (made, at) {
      made.classList.toggle("chosen", at === active);
      made.classList.toggle("paired", at in taken);
    });
    rights.forEach(function (made, at) {
      var owner = ownerOf(order[at]);
      made.classList.toggle("chosen", owner !== null);
      made.querySelector(".mark").textContent = owner === null ? "" : owner + 1;
    });
    save({ taken: taken });
  }

  root.querySelector(".plain").remove();
  var given = (load() || {}).taken || {}, answered = Object.keys(given).length > 0, found = 0;
  left.forEach(function (words, at) {
    var pair = element("div", "pair"), made = row("div", String(at + 1), pair);
    pair.appendChild(words);
    var side = element("div", "");
    side.appendChild(right[partners[at]].cloneNode(true));
    pair.appendChild(side);
    if (answered) {
      var is = given[at] === partners[at];
      found += is ? 1 : 0;
      made.classList.add(is ? "right" : "wrong");
      made.querySelector(".mark").textContent = is ? "✓" : "✗";
      if (!is && right[given[at]]) {
        var own = element("div", "own", "✗ ");
        own.appendChild(right[given[at]].cloneNode(true));
        side.appendChild(own);
      }
    }
    list.appendChild(made);
  });
  if (answered) list.before(verdict(found === left.length));
})();
