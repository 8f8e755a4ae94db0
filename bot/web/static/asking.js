// A question is answered on the page that asks it, sentence by sentence as each has been checked.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const turns = document.getElementById("turns");
  const field = document.getElementById("question");
  const send = document.getElementById("send");
  const stop = document.getElementById("stop");
  const one = !!form.closest(".checking");
  let under = null;

  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    made.className = name;
    if (text) made.textContent = text;
    made.dir = "auto";
    return made;
  };

  const turnFor = (text) => {
    const turn = element("article", "turn under-way");
    const answered = element("div", "answered");
    answered.dataset.looking = form.dataset.looking;
    turn.append(element("h2", "asked", text), answered);
    if (one) turns.replaceChildren();
    turns.append(turn);
    turn.scrollIntoView({ block: "start" });
    return [turn, answered];
  };

  async function* events(response, silence) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let kept = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      silence.heard();
      kept += value;
      let end;
      while ((end = kept.indexOf("\n\n")) >= 0) {
        const fields = Object.fromEntries(
          kept.slice(0, end).split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
        );
        kept = kept.slice(end + 2);
        if (fields.data) yield [fields.event, JSON.parse(fields.data)];
      }
    }
  }

  const tell = (turn, into, sentence, kind = "fault-told") => {
    into.append(element("p", kind, sentence));
    turn.classList.add("unanswered");
  };

  const ask = async (text) => {
    for (const unanswered of turns.querySelectorAll(".unanswered")) unanswered.remove();
    const body = new URLSearchParams(new FormData(form));
    const [turn, answered] = turnFor(text);
    under = new AbortController();
    let silent = false;
    const silence = new Silence(() => {
      silent = true;
      under?.abort();
    });
    history.replaceState({ asked: text }, ""); // which outlasts a reload
    send.hidden = true;
    stop.hidden = false;
    if (!one) document.querySelector(".welcome")?.classList.add("unseen");
    document.querySelector(".small-talk")?.remove();
    try {
      const response = await fetch(form.action, {
        method: "POST", body, signal: under.signal,
        headers: { Accept: "text/event-stream", "X-Footnote-Token": form.elements.token.value },
      });
      const type = response.headers.get("Content-Type") || "";
      if (!type.startsWith("text/event-stream")) {
        const told = await response.json();
        if (response.ok) return answered.append(element("p", "small-talk", told.said));
        tell(turn, answered, told.error);
        field.value ||= text;
        return;
      }
      let told = false;
      for await (const [event, data] of events(response, silence)) {
        if (event === "sentence") answered.insertAdjacentHTML("beforeend", data.html);
        if (event === "fault") {
          told = true;
          tell(turn, answered, data.error);
          field.value ||= text;
        }
        if (event === "end") {
          told = true;
          turn.insertAdjacentHTML("afterend", data.html);
          turn.remove();
          history.replaceState(null, "", one ? "" : data.path);
          if (form.elements.after) form.elements.after.value = data.receipt;
        }
      }
      if (!told) throw new Error("the answer broke off");
    } catch (error) {
      if (error.name === "AbortError" && !silent) tell(turn, answered, form.dataset.stopped, "note");
      else tell(turn, answered, form.dataset.unreachable);
      field.value ||= text;
    } finally {
      silence.end();
      turn.classList.remove("under-way");
      send.hidden = false;
      stop.hidden = true;
      under = null;
      field.focus({ preventScroll: true });
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || under) return;
    ask(text);
    if (!one) field.value = "";
  });
  stop.addEventListener("click", () => under?.abort());
  field.addEventListener("keydown", (event) => {
    if (!one && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  field.value ||= history.state?.asked ?? "";
  const last = turns.querySelector(".turn:last-child");
  if (last && !location.hash) last.scrollIntoView({ block: "start" });
  if (!last) field.focus();
})();
