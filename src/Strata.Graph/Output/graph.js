"use strict";
const element = id => document.getElementById(id);
const make = (tag, parent, text, ...classes) => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.classList.add(...classes);
  parent.append(made);
  return made;
};

// Names lead to recipes and tasks; "needs" and "neededBy" lead from name to names.
const needs = new Map(), neededBy = new Map();
data.recipes.forEach(recipe => recipe.tasks.forEach(task => {
  task.full = recipe.name + ":" + task.name;
  needs.set(task.full, task.needs);
  if (!neededBy.has(task.full)) neededBy.set(task.full, []);
  task.needs.forEach(name => neededBy.has(name) ? neededBy.get(name).push(task.full) : neededBy.set(name, [task.full]));
}));

const slots = [];
const boxes = [];
const rows = new Map();
data.layers.forEach(layer => {
  const column = make("div", element("columns"), "", "column");
  layer.forEach(slot => slots[slot] = slot < data.recipes.length ? boxOf(slot, column) : make("div", column, "", "waypoint"));
});

function boxOf(number, column) {
  const recipe = data.recipes[number];
  const box = boxes[number] = make("div", column, "", "recipe", ...(recipe.target ? ["target"] : []));
  make("b", box, recipe.name).onclick = () => { box.classList.toggle("open"); chooseRecipe(number); };
  const list = make("ul", box, "");
  recipe.tasks.forEach(task => {
    const row = make("li", list, task.name, task.kind);
    rows.set(task.full, { row, box, task, number });
    row.onclick = () => chooseTask(task.full);
  });
  return box;
}

const paths = data.routes.map(route => {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  element("edges").append(path);
  return { path, from: route[0], to: route[1], slots: route.slice(2) };
});

function draw() {
  const origin = element("main").getBoundingClientRect();
  element("edges").setAttribute("width", origin.width);
  element("edges").setAttribute("height", origin.height);
  const place = slot => {
    const r = slots[slot].getBoundingClientRect();
    return { left: r.left - origin.left, right: r.right - origin.left, y: (r.top + r.bottom) / 2 - origin.top };
  };
  const places = slots.map((_, slot) => place(slot));
  paths.forEach(({ path, slots: passed }) => {
    let at = places[passed[0]], text = `M${at.right} ${at.y}`, x = at.right;
    passed.slice(1).forEach(slot => {
      const next = places[slot], half = (x + next.left) / 2;
      text += ` C${half} ${at.y} ${half} ${next.y} ${next.left} ${next.y}`;
      if (slot >= data.recipes.length) text += ` H${next.right}`;
      at = next;
      x = next.right;
    });
    path.setAttribute("d", text);
  });
}

// Everything that the names reach along one of the maps, themselves included.
function reach(names, map) {
  const seen = new Set(names), open = [...names];
  while (open.length) for (const next of map.get(open.pop()) || []) if (!seen.has(next)) { seen.add(next); open.push(next); }
  return seen;
}

function light(names, chosenBox) {
  const down = reach(names, needs), up = reach(names, neededBy);
  const recipesOf = set => new Set([...set].map(name => rows.get(name).number));
  const below = recipesOf(down), above = recipesOf(up);
  document.body.classList.add("chosen");
  boxes.forEach((box, number) => {
    box.classList.toggle("lit", below.has(number) || above.has(number));
    box.classList.toggle("chosen", box === chosenBox);
  });
  paths.forEach(({ path, from, to }) => path.classList.toggle("lit", (below.has(from) && below.has(to)) || (above.has(from) && above.has(to))));
  draw();
}

function chooseRecipe(number) {
  const recipe = data.recipes[number];
  rows.forEach(({ row }) => row.classList.remove("chosen"));
  light(recipe.tasks.map(task => task.full), boxes[number]);
  const outside = map => [...new Set(recipe.tasks.flatMap(task => map.get(task.full) || []))].filter(name => rows.get(name).number !== number);
  show(recipe.name, recipe.tasks.length + " tasks", "", outside(needs), outside(neededBy));
}

function chooseTask(full) {
  const { row, box, task } = rows.get(full);
  box.classList.add("open");
  rows.forEach(other => other.row.classList.toggle("chosen", other.row === row));
  light([full], box);
  show(full, task.kind, task.key, needs.get(full), neededBy.get(full) || []);
  row.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function show(title, kind, key, down, up) {
  const detail = element("detail");
  detail.hidden = false;
  detail.replaceChildren();
  make("h3", detail, title);
  make("p", detail, kind);
  if (key) make("code", detail, key);
  for (const [heading, names] of [["needs", down], ["needed by", up]]) {
    make("h4", detail, `${heading} (${names.length})`);
    [...names].sort().forEach(name => make("a", detail, name).onclick = () => chooseTask(name));
  }
}

// What a search found: a recipe's name finds the recipe, a task's name the tasks.
function showFound(wanted, recipes, tasks) {
  const detail = element("detail");
  detail.hidden = false;
  detail.replaceChildren();
  make("h3", detail, wanted);
  make("h4", detail, `recipes (${recipes.length})`);
  recipes.forEach(number => make("a", detail, data.recipes[number].name).onclick = () => {
    boxes[number].scrollIntoView({ block: "center", inline: "center" });
    chooseRecipe(number);
  });
  const others = tasks.filter(name => !recipes.includes(rows.get(name).number));
  make("h4", detail, `tasks of other recipes (${others.length})`);
  others.slice(0, 200).forEach(name => make("a", detail, name).onclick = () => chooseTask(name));
}

function clear() {
  document.body.classList.remove("chosen");
  document.querySelectorAll(".lit, li.chosen, .recipe.chosen").forEach(e => e.classList.remove("lit", "chosen"));
  element("detail").hidden = true;
}

function setAll(open) {
  boxes.forEach(box => box.classList.toggle("open", open));
  draw();
}

element("open").onclick = () => setAll(true);
element("close").onclick = () => { clear(); setAll(false); };
element("search").oninput = event => {
  const wanted = event.target.value.trim();
  clear();
  if (!wanted) return draw();
  const found = [...rows.keys()].filter(name => name.includes(wanted));
  const recipes = data.recipes.map((recipe, number) => number).filter(number => data.recipes[number].name.includes(wanted));
  document.body.classList.add("chosen");
  boxes.forEach((box, number) => box.classList.toggle("lit", recipes.includes(number) || found.some(name => rows.get(name).number === number)));
  draw();
  showFound(wanted, recipes, found);
  const first = recipes.length > 0 ? boxes[recipes[0]] : found.length > 0 ? rows.get(found[0]).box : null;
  if (first) first.scrollIntoView({ block: "center", inline: "center" });
};
document.addEventListener("keydown", event => { if (event.key === "Escape") clear(); });
window.addEventListener("resize", draw);
element("count").textContent = `${data.recipes.length} recipes, ${rows.size} tasks`;
draw();
