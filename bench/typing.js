/**
 * Stands in every measured page of a calculator, and knows of it only its selectors: `{field, figures}`. A keystroke counts
 * in the frame in which the words of the figures have changed.
 */
(({ field, figures }) => {
  const LIMIT = 60_000;
  const REST = 120;
  const shown = () => [...document.querySelectorAll(figures)].map((element) => element.textContent).join("\n");
  const nextFrame = () => new Promise(requestAnimationFrame);
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const endOfFrame = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });

  let pressed = null;
  addEventListener("keydown", (event) => pressed?.(event), { capture: true });

  /** Puts the caret into a field; from then on a key is awaited. */
  const ready = async (number) => {
    const input = document.querySelectorAll(field)[number];
    input.scrollIntoView({ block: "center", behavior: "instant" });
    input.focus({ preventScroll: true });
    await nextFrame();
    await rest(REST);
    const before = shown();
    probe.sample = new Promise((resolve, reject) => {
      pressed = async (event) => {
        pressed = null;
        do await nextFrame();
        while (shown() === before && performance.now() - event.timeStamp < LIMIT);
        if (shown() === before) return reject(new Error("The figures never changed"));
        const end = await endOfFrame();
        await rest(REST);
        const long = tasks.filter((task) => task.startTime >= event.timeStamp).map((task) => task.duration);
        resolve({ wait: end - event.timeStamp, tasks: long });
      };
    });
  };

  const probe = { ready, sample: null };
  window.probe = probe;
})
