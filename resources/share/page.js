
"use strict";
(function () {
  var page = JSON.parse(document.getElementById("data").textContent);
  var words = page.words, things = page.things;
  var map = document.getElementById("map"), svg = map.querySelector("svg");
  var panel = document.getElementById("panel"), body = document.getElementById("body");
  var zoomButton = document.getElementById("zoom"), viewButton = document.getElementById("view");
  var wide = svg.viewBox.baseVal.width, high = svg.viewBox.baseVal.height;
  var zoom = 1, last = null;
  var hits = Array.prototype.slice.call(svg.querySelectorAll(".hit"));

  // Everything a person typed goes in as text, never as markup.
  function add(parent, tag, text, style) {
    var made = document.createElement(tag);
    if (style) made.className = style;
    if (text !== undefined) { made.textContent = text; made.dir = "auto"; }
    parent.appendChild(made);
    return made;
  }

  function fill(parent, thing, active) {
    add(parent, "p", thing.kind, "kind");
    var name = add(parent, active ? "h2" : "h3", thing.name, "name");
    if (thing.text) add(parent, "p", thing.text, "prose");
    if (thing.facts.length) {
      var facts = add(parent, "dl");
      thing.facts.forEach(function (fact) {
        add(facts, "dt", fact[0]);
        add(facts, "dd", fact[1]);
      });
    }
    thing.groups.forEach(function (group) {
      add(parent, "h4", group.head);
      var list = add(parent, "ul");
      group.cards.forEach(function (card) {
        var linked = active && card.to !== null;
        var item = add(add(list, "li"), linked ? "button" : "div", undefined, "card " + card.tone);
        add(item, "b", card.name);
        if (card.note) add(item, "span", card.note);
        if (linked) {
          item.type = "button";
          item.addEventListener("click", function () { open(card.to); });
        }
      });
    });
    return name;
  }

  function open(number) {
    body.textContent = "";
    var name = fill(body, things[number], true);
    panel.hidden = false;
    panel.scrollTop = 0;
    hits.forEach(function (hit) {
      hit.classList.toggle("open", Number(hit.dataset.thing) === number);
    });
    name.tabIndex = -1;
    name.focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    hits.forEach(function (hit) { hit.classList.remove("open"); });
    if (last && !document.body.classList.contains("listed")) last.focus();
    else viewButton.focus();
  }

  function setZoom(value) {
    zoom = Math.min(4, Math.max(0.1, value));
    svg.setAttribute("width", wide * zoom);
    svg.setAttribute("height", high * zoom);
    zoomButton.textContent = Math.round(zoom * 100) + "\u00a0%";
  }

  function fit() {
    setZoom(Math.min(map.clientWidth / wide, map.clientHeight / high));
  }

  // One stop of the Tab key for the whole map; arrows walk from card to card.
  function stand(hit) {
    if (last) last.tabIndex = -1;
    last = hit;
    hit.tabIndex = 0;
  }

  function middle(hit) {
    var box = hit.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  function walk(from, dx, dy) {
    var at = middle(from), best = null, least = Infinity;
    hits.forEach(function (hit) {
      var to = middle(hit);
      var along = (to[0] - at[0]) * dx + (to[1] - at[1]) * dy;
      var aside = Math.abs((to[0] - at[0]) * dy) + Math.abs((to[1] - at[1]) * dx);
      if (hit === from || along < 1) return;
      var far = along + 3 * aside;
      if (far < least) { least = far; best = hit; }
    });
    if (best) { stand(best); best.focus(); best.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  }

  var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  hits.forEach(function (hit) {
    hit.addEventListener("click", function () { stand(hit); open(Number(hit.dataset.thing)); });
    hit.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        open(Number(hit.dataset.thing));
      } else if (ways[event.key]) {
        event.preventDefault();
        walk(hit, ways[event.key][0], ways[event.key][1]);
      }
    });
  });
  if (hits.length) stand(hits[0]);

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
  });
  map.addEventListener("wheel", function (event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  document.getElementById("close").addEventListener("click", close);
  document.getElementById("in").addEventListener("click", function () { setZoom(zoom * 1.25); });
  document.getElementById("out").addEventListener("click", function () { setZoom(zoom / 1.25); });
  document.getElementById("fit").addEventListener("click", fit);
  zoomButton.addEventListener("click", function () { setZoom(1); });
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  function setListed(listed) {
    document.body.classList.toggle("listed", listed);
    viewButton.setAttribute("aria-pressed", String(listed));
  }

  viewButton.addEventListener("click", function () {
    setListed(!document.body.classList.contains("listed"));
  });
  document.getElementById("shade").addEventListener("click", function () {
    var root = document.documentElement;
    var dark = root.dataset.theme ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  var list = document.getElementById("list");
  page.outline.forEach(function (stage) {
    add(list, "h2", stage.name);
    stage.things.forEach(function (number) { fill(add(list, "section"), things[number], false); });
    if (!stage.things.length) add(list, "p", words.nothing);
  });
  setZoom(1);
  // A phone reads down the list; the map is a press away.
  setListed(window.matchMedia("(max-width: 720px)").matches);
}());
