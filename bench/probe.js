/**
 * Stands in every measured page before anything else, and knows of a contender only its selectors:
 * `{question, option, count, own}`. The count is the first number in the element that says how many are answered.
 */
(({ question, option, count, own }) => {
  const EARLY_OPTIONS = 3;
  const LIMIT = 60_000;
  // Long enough for what an answer sets off to be over.
  const REST = 120;

  const shown = () => Number(document.querySelector(count)?.textContent.match(/\d+/)?.[0] ?? 0);
  const nextFrame = () => new Promise(requestAnimationFrame);
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  /** The end of the frame that is being made: a message is handled only after its style, layout, paint and commit. */
  const endOfFrame = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });

  /** Entries of the browser: `longtask` and `long-animation-frame`, with when they began and how long they took. */
  const tasks = [];
  const frames = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => frames.push(...list.getEntries())).observe({ type: "long-animation-frame", buffered: true });

  const within = ([start, end]) => ({
    tasks: tasks.filter((task) => task.startTime >= start && task.startTime < end).map((task) => task.duration),
    scripts: frames
      .flatMap((frame) => frame.scripts)
      .filter((script) => script.startTime >= start && script.startTime < end && new RegExp(own).test(script.sourceURL))
      .map((script) => script.duration),
  });

  /** Chooses another option of the first question in every frame until the page counts it. */
  const first = (async () => {
    for (let turn = 0; performance.now() < LIMIT; turn += 1) {
      await nextFrame();
      if (shown() > 0) return endOfFrame();
      document.querySelector(question)?.querySelectorAll("input[type=radio]")[turn % EARLY_OPTIONS]?.click();
      if (shown() > 0) return endOfFrame();
    }
    throw new Error("The page never counted an answer");
  })();

  let clicked = null;
  addEventListener("click", (event) => clicked?.(event), { capture: true });

  /** Brings a question into view and tells where to press; from then on a press is awaited. */
  const place = async (number, choice) => {
    const target = document.querySelectorAll(question)[number];
    target.scrollIntoView({ block: "center", behavior: "instant" });
    await nextFrame();
    await rest(REST);
    const before = shown();
    const box = target.querySelectorAll(option)[choice].getBoundingClientRect();
    probe.sample = new Promise((resolve, reject) => {
      clicked = async (event) => {
        clicked = null;
        do await nextFrame();
        while (shown() === before && performance.now() - event.timeStamp < LIMIT);
        if (shown() === before) return reject(new Error("The page never counted this answer"));
        const end = await endOfFrame();
        await rest(REST);
        resolve({ wait: end - event.timeStamp, ...within([event.timeStamp, performance.now()]) });
      };
    });
    return [box.left + Math.min(20, box.width / 2), box.top + box.height / 2];
  };

  /** Answers all that is open, a few in each frame. */
  const answerAll = async () => {
    const questions = [...document.querySelectorAll(question)];
    for (const [number, each] of questions.entries()) {
      if (!each.querySelector("input:checked")) each.querySelectorAll("input[type=radio]")[number % EARLY_OPTIONS]?.click();
      if (number % 10 === 9) await nextFrame();
    }
    await rest(1500);
    return shown();
  };

  const probe = { first, place, answerAll, sample: null, load: () => within([0, performance.now()]) };
  window.probe = probe;
})
