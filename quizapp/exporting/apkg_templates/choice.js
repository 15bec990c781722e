(function () {
  var place = root.querySelector(".options");
  var right = positions(place.dataset.right);
  var single = place.dataset.choose === "one";
  var shuffle = place.dataset.shuffle === "yes";
  var back = root.dataset.side === "back";
  var list = element("div", "choices" + (single ? "" : " several"));
  place.after(list);
  var reasons = back ? entries(".reasons") : [];
  var options = entries(".options");
  var state = (back && load()) || {};
  var order = asked(state.order, options.length) || (shuffle && !back ? shuffled(options.length) : options.map(function (_, i) { return i; }));
  var chosen = state.chosen || [];
  var rows = order.map(function (option, at) {
    var made = row(back ? "div" : "button", String.fromCharCode(65 + at), options[option]);
    list.appendChild(made);
    return made;
  });

  if (!back) {
    save({ order: order, chosen: chosen });
    rows.forEach(function (made, at) {
      onTap(made, function () {
        var option = order[at], was = chosen.indexOf(option);
        if (single) chosen = was < 0 ? [option] : [];
        else if (was < 0) chosen.push(option);
        else chosen.splice(was, 1);
        rows.forEach(function (each, i) { each.classList.toggle("chosen", chosen.indexOf(order[i]) >= 0); });
        save({ order: order, chosen: chosen });
      });
    });
    return;
  }

  root.querySelector(".plain").remove();
  order.forEach(function (option, at) {
    var is = right.indexOf(option) >= 0, was = chosen.indexOf(option) >= 0;
    var mark = rows[at].querySelector(".mark");
    if (is) { rows[at].classList.add("right"); mark.textContent = "✓"; }
    else if (was) { rows[at].classList.add("wrong"); mark.textContent = "✗"; }
    if (was) rows[at].style.borderWidth = "2px";
    if (reasons[option] && reasons[option].hasChildNodes()) {
      reasons[option].classList.add("why");
      options[option].after(reasons[option]);
      var both = element("div", "words");
      both.appendChild(options[option]);
      both.appendChild(reasons[option]);
      rows[at].appendChild(both);
    }
  });
  if (chosen.length) {
    list.before(verdict(chosen.length === right.length && chosen.every(function (option) { return right.indexOf(option) >= 0; })));
  }
})();
