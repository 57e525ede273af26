// The table of connections as a picture. Where things lie is kept on the server, so that it stays familiar in every browser.
const rows = [...document.querySelectorAll("#lines tbody tr")];
const graph = document.getElementById("graph");
const kept = Object.fromEntries(Object.entries(JSON.parse(graph?.dataset.places || "{}")).map(([id, [x, y]]) => [id, { x, y }]));
localStorage.removeItem("keepsake-positions"); // they lay in the browser once
const NEAR = [110, 170]; // how far from what it hangs together with something new is laid
const put = (places) => fetch("/api/v1/graph/places", {
  method: "PUT", credentials: "include", keepalive: true, headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ places: Object.fromEntries(places.map(([id, at]) => [id, [at.x, at.y]])) }),
}).catch(() => {});
// Something new lies beside what it hangs together with, as far from all others as can be: nothing else moves.
const beside = (id) => {
  const row = rows.find(({ dataset }) => (dataset.start === id && kept[dataset.end]) || (dataset.end === id && kept[dataset.start]));
  const other = row ? kept[row.dataset.start === id ? row.dataset.end : row.dataset.start] : { x: 0, y: 0 };
  const around = NEAR.flatMap((far) => Array.from({ length: 12 }, (_, n) => ({ x: other.x + far * Math.cos((n * Math.PI) / 6), y: other.y + far * Math.sin((n * Math.PI) / 6) })));
  // names are wide: beside each other things need more room than one above the other
  const room = (at) => Math.min(...Object.values(kept).map((one) => Math.hypot((one.x - at.x) / 2, one.y - at.y)));
  return around.reduce((best, at) => (room(at) > room(best) ? at : best));
};
// Cytoscape reads plain colours only: let the browser work them out
const plain = (name) => {
  const probe = document.createElement("span");
  probe.className = `probe-${name}`;
  graph.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

if (graph && window.cytoscape) {
  const text = plain("text"), line = plain("line"), accent = plain("accent");
  const names = new Map(), kinds = new Map();
  for (const row of rows) for (const [key, cell] of [["start", 0], ["end", 2]]) names.set(row.dataset[key], row.cells[cell].textContent);
  for (const row of rows) {
    kinds.set(row.dataset.start, row.dataset.startKind || "thing");
    kinds.set(row.dataset.end, row.dataset.cluster ? "cluster" : row.dataset.endKind || "thing");
  }
  const familiar = [...names.keys()].some((id) => kept[id]) && ![...kinds.values()].includes("cluster");
  const unplaced = [...names.keys()].filter((id) => !kept[id] && kinds.get(id) !== "cluster");
  if (familiar) for (const id of unplaced) kept[id] = beside(id);
  const picture = window.cytoscape({
    container: graph,
    elements: [
      ...[...names].map(([id, label]) => ({ data: { id, label, kind: kinds.get(id), you: id === "user" ? 1 : 0 }, position: kept[id] && { ...kept[id] } })),
      ...rows.map((row, index) => ({ data: { id: `line-${index}`, source: row.dataset.start, target: row.dataset.end, label: row.dataset.relation, follows: "follows" in row.dataset ? 1 : 0 } })),
    ],
    style: [
      { selector: "node", style: { label: "data(label)", color: text, "font-size": 12, "text-wrap": "ellipsis", "text-max-width": 120, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": plain("ground"), "text-background-opacity": 0.85, "text-background-padding": 1, "background-color": line, width: 18, height: 18 } },
      { selector: "node[kind = 'place']", style: { shape: "triangle" } },
      { selector: "node[kind = 'thing']", style: { shape: "round-rectangle" } },
      { selector: "node[kind = 'cluster']", style: { shape: "octagon", width: 34, height: 34, "background-color": accent } },
      { selector: "node[you = 1]", style: { "background-color": accent, shape: "diamond", width: 24, height: 24 } },
      { selector: "edge", style: { label: "data(label)", color: text, "font-size": 10, "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle", "curve-style": "bezier", width: 1.5, "text-rotation": "autorotate", "text-background-color": plain("ground"), "text-background-opacity": 1, "text-background-padding": 2 } },
      { selector: "edge[follows = 1]", style: { "line-style": "dashed" } },
      { selector: ".dim", style: { opacity: 0.2 } },
    ],
    layout: familiar
      ? { name: "preset", padding: 30 }
      : { name: "concentric", animate: false, padding: 40, minNodeSpacing: 70, spacingFactor: 1.3, levelWidth: () => 1,
          concentric: (node) => (node.id() === document.querySelector("select[name=thing]").value ? 2 : 1) },
    minZoom: 0.3,
    maxZoom: 1.4,
    wheelSensitivity: 0.3,
  });
  const places = (nodes) => nodes.map((node) => [node.id(), node.position()]);
  if (unplaced.length) put(places(picture.nodes("[kind != 'cluster']")));
  picture.on("dragfree", "node", (event) => put(places(event.target.union(picture.nodes(":selected")))));
  picture.on("tap", "node", (event) => {
    const cluster = rows.find((row) => row.dataset.end === event.target.id() && row.dataset.cluster);
    if (cluster) location.href = cluster.querySelector("a").href;
    else location.search = new URLSearchParams({ thing: event.target.id() });
  });
  document.getElementById("highlight").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    picture.elements().removeClass("dim");
    for (const row of rows) row.classList.toggle("dim", Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted));
    if (wanted) picture.nodes().filter((node) => !node.data("label").toLowerCase().includes(wanted)).addClass("dim");
  });
}
