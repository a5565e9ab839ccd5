// Draws the diagram of a page, read only, and shows where a case stands in it. The page says everything in words too.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.scss';

const STEP = 1.25; // of one press on a zoom button
const SHIFT = 60; // of one press on an arrow key
const MARGIN = 40; // above and below a diagram that fits its box

for (const place of document.querySelectorAll('[data-diagram]')) {
  draw(place).catch(() => {
    place.querySelector('[data-trouble]').textContent = 'The drawing could not be shown. Its steps are in words below.';
    for (const part of place.querySelectorAll('[data-canvas], [data-bar]')) part.remove();
  });
}

async function draw(place) {
  place.hidden = false;
  const viewer = new NavigatedViewer({ container: place.querySelector('[data-canvas]') });
  const answer = await fetch(place.dataset.diagram, { headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`the diagram answered ${answer.status}`);
  await viewer.importXML(read(new Uint8Array(await answer.arrayBuffer())));
  await openDiagramOf(viewer, place.dataset.process);
  markSteps(viewer, JSON.parse(place.dataset.here));
  linkCalls(viewer, JSON.parse(place.dataset.called));
  obey(place, viewer, Object.keys(JSON.parse(place.dataset.here)));
  place.dataset.ready = '';
}

// The file as text, in the encoding that it begins with: a byte order mark, or what it says of itself.
function read(bytes) {
  const begins = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const marked = { 'ÿþ': 'utf-16le', 'þÿ': 'utf-16be' }[begins.slice(0, 2)];
  const said = begins.match(/encoding\s*=\s*["']([\w.-]+)["']/)?.[1];
  return new TextDecoder(marked ?? said ?? 'utf-8').decode(bytes);
}

// A file may hold several diagrams: show the one in which the process is drawn.
async function openDiagramOf(viewer, process) {
  const drawn = viewer.getDefinitions().diagrams ?? [];
  const holds = (element) =>
    element.id === process || (element.participants ?? []).some((participant) => participant.processRef?.id === process);
  const wanted = drawn.find((diagram) => holds(diagram.plane.bpmnElement));
  if (wanted && wanted !== drawn[0]) await viewer.open(wanted);
}

function markSteps(viewer, here) {
  for (const [id, count] of present(viewer, here)) {
    viewer.get('canvas').addMarker(id, 'app-here');
    badge(viewer, id, { top: -12, left: -8 }, element('span', 'app-badge', count === 1 ? 'here' : `here × ${count}`));
  }
}

function linkCalls(viewer, called) {
  for (const [id, address] of present(viewer, called)) {
    viewer.get('canvas').addMarker(id, 'app-calls');
    const link = element('a', 'app-badge app-badge--open', 'open');
    link.href = address;
    link.setAttribute('aria-label', `Open the diagram of ${viewer.get('elementRegistry').get(id).businessObject.name || id}`);
    badge(viewer, id, { bottom: 12, right: 30 }, link);
  }
  viewer.on('element.dblclick', ({ element: shape }) => {
    if (called[shape.id]) location.assign(called[shape.id]);
  });
}

const present = (viewer, facts) => Object.entries(facts).filter(([id]) => viewer.get('elementRegistry').get(id));

function badge(viewer, id, position, html) {
  viewer.get('overlays').add(id, { position, html, show: { minZoom: 0.3 } });
}

function element(name, classes, text) {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = text;
  return made;
}

function obey(place, viewer, here) {
  const canvas = viewer.get('canvas');
  const moves = {
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    here: () => showSteps(viewer, here),
  };
  const keys = {
    '+': moves.in, '=': moves.in, '-': moves.out, 0: moves.fit,
    ArrowLeft: () => canvas.scroll({ dx: SHIFT, dy: 0 }),
    ArrowRight: () => canvas.scroll({ dx: -SHIFT, dy: 0 }),
    ArrowUp: () => canvas.scroll({ dx: 0, dy: SHIFT }),
    ArrowDown: () => canvas.scroll({ dx: 0, dy: -SHIFT }),
  };
  for (const button of place.querySelectorAll('[data-zoom]')) button.addEventListener('click', moves[button.dataset.zoom]);
  place.querySelector('[data-canvas]').addEventListener('keydown', (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  fitHeight(place.querySelector('[data-canvas]'), canvas);
  moves.fit();
  if (canvas.zoom() < 0.45) (here.length ? moves.here : () => canvas.zoom(0.7))();
}

// A flat diagram needs no tall box.
function fitHeight(box, canvas) {
  const { inner } = canvas.viewbox();
  const wanted = (inner.height * box.clientWidth) / inner.width + 2 * MARGIN;
  if (wanted < box.clientHeight) box.style.height = `${Math.max(wanted, 200)}px`;
  canvas.resized();
}

// The steps at which the case stands in the middle, as large as they are read well.
function showSteps(viewer, here) {
  const canvas = viewer.get('canvas');
  const shape = here.map((id) => viewer.get('elementRegistry').get(id)).find(Boolean);
  if (!shape) return;
  canvas.zoom(0.9);
  const view = canvas.viewbox();
  canvas.viewbox({ ...view, x: shape.x + shape.width / 2 - view.width / 2, y: shape.y + shape.height / 2 - view.height / 2 });
}
