(function () {
  var place = root.querySelector(".entries");
  var right = positions(place.dataset.right);
  var back = root.dataset.side === "back";
  var list = element("div", "choices");
  place.after(list);
  var words = entries(".entries");

  if (!back) {
    var order = deranged(words.length, right), picked = [];
    var rows = order.map(function (entry) {
      var made = row("button", "", words[entry]);
      list.appendChild(made);
      return made;
    });
    rows.forEach(function (made, at) {
      onTap(made, function () {
        var was = picked.indexOf(order[at]);
        if (was < 0) picked.push(order[at]);
        else picked.splice(was, 1);
        // Only one place is left for the last one.
        if (was < 0 && picked.length === words.length - 1) {
          picked.push(order.filter(function (entry) { return picked.indexOf(entry) < 0; })[0]);
        }
        rows.forEach(function (each, i) {
          var number = picked.indexOf(order[i]);
          each.classList.toggle("chosen", number >= 0);
          each.querySelector(".mark").textContent = number < 0 ? "" : number + 1;
        });
        save({ picked: picked });
      });
    });
    save({ picked: picked });
    return;
  }

  root.querySelector(".plain").remove();
  var given = (load() || {}).picked || [];
  var complete = given.length === words.length;
  right.forEach(function (entry, at) {
    var made = row("div", String(at + 1), words[entry]);
    if (complete) {
      var own = given.indexOf(entry);
      made.classList.add(own === at ? "right" : "wrong");
      made.appendChild(element("span", own === at ? "yes" : "own", own === at ? "✓" : "✗ " + (own + 1)));
    }
    list.appendChild(made);
  });
  if (complete) list.before(verdict(given.join() === right.join()));
})();
