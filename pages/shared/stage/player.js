// Plays the stage: moves the sliders that the charts are bound to, smoothly, and tells the server where it stopped.
// Nothing is asked of the server while it plays.
const HALF_STEP = 450, LATER = 180; // milliseconds: first slowly, then faster, as EM moves less and less
const SLOW = 8; // half steps
const FAR = 2; // half steps beyond which the stage jumps

const player = window.__emPlayer ?? (window.__emPlayer = { at: 0, moves: -1, playing: false, timer: 0 });

const sliders = () => [...document.querySelectorAll(".st-key-em-charts .vega-bind input[type=range]")];

function show(at) {
  player.at = at;
  for (const slider of sliders()) {
    if (Math.abs(Number(slider.value) - at) < 0.004) continue;
    slider.value = at;
    slider.dispatchEvent(new Event("input"));
  }
}

const travelled = (time) => Math.min(time / HALF_STEP, SLOW) + Math.max(0, time - SLOW * HALF_STEP) / LATER;

function run(target, done) {
  cancelAnimationFrame(player.timer);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const from = player.at, begun = performance.now();
  const frame = (now) => {
    const way = Math.sign(target - from) * travelled(Math.max(0, now - begun));
    const at = calm ? from + Math.trunc(way) : from + way;
    const there = Math.abs(way) >= Math.abs(target - from);
    show(there ? target : at);
    if (there) done(); else player.timer = requestAnimationFrame(frame);
  };
  player.timer = requestAnimationFrame(frame);
}

function follow(data) {
  const told = data.moves !== player.moves;
  const began = data.playing && !player.playing, paused = !data.playing && player.playing;
  player.moves = data.moves;
  player.playing = data.playing;
  if (told && !data.playing) {
    cancelAnimationFrame(player.timer);
    if (Math.abs(data.at - player.at) > FAR || data.at === 0) show(data.at); else run(data.at, () => {});
  } else if (began) {
    if (told) show(data.at);
    run(data.last, () => { player.playing = false; player.stopped(data.last); });
  } else if (paused) {
    run(Math.ceil(player.at), () => player.stopped(player.at));
  }
}

export default function ({ data, setTriggerValue }) {
  player.stopped = (at) => setTriggerValue("stopped", Math.round(at)); // of the latest call: earlier ones may be gone
  follow(data);
  // A chart that is drawn anew begins at 0, and a person may drag a slider.
  player.keeper ??= setInterval(() => {
    for (const slider of sliders()) {
      if (slider.dataset.kept) continue;
      slider.dataset.kept = "yes";
      slider.setAttribute("aria-label", "Half steps taken");
      slider.addEventListener("input", (event) => {
        if (!event.isTrusted) return;
        cancelAnimationFrame(player.timer);
        show(Number(slider.value));
      });
      slider.addEventListener("change", (event) => {
        if (!event.isTrusted) return;
        show(Math.round(player.at));
        player.stopped(player.at);
      });
      slider.value = player.at;
      slider.dispatchEvent(new Event("input"));
    }
  }, 150);
  return () => { clearInterval(player.keeper); player.keeper = null; };
}
