// What a form would reload the page for: verdicts on an answer; and the passage behind a number,
// shown beside the text instead of on a page of its own.
"use strict";
(() => {
  const aside = document.getElementById("evidence");
  let opener = null;

  const post = (form, fields) =>
    fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-Footnote-Token": form.elements.token.value },
      body: new URLSearchParams(fields),
    });

  const tell = (sentence) => {
    const line = document.createElement("p");
    line.className = "fault-told";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    return line;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-quiet]") || !event.submitter) return;
    event.preventDefault();
    form.querySelector(".fault-told")?.remove();
    let told;
    try {
      const response = await post(form, { [event.submitter.name]: event.submitter.value });
      told = await response.json();
    } catch {
      told = { error: form.dataset.unreachable };
    }
    if (told.error) {
      form.append(tell(told.error));
      return;
    }
    for (const button of form.querySelectorAll("button")) {
      const pressed = button.value === "wrong" ? !!told.wrong_passage : button.value === told.verdict;
      button.setAttribute("aria-pressed", String(pressed));
      if (button.value === "wrong") button.hidden = told.verdict !== "down";
    }
  });

  if (!aside) return;
  const close = () => {
    aside.hidden = true;
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
    opener = null;
  };
  document.addEventListener("click", async (event) => {
    const number = event.target.closest?.("a.cite[data-evidence]");
    if (!number || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    let shown;
    try {
      const response = await fetch(number.dataset.evidence, { headers: { Accept: "text/html" } });
      if (!response.ok) {
        location.href = number.href;
        return;
      }
      shown = await response.text();
    } catch {
      shown = tell(aside.dataset.unreachable).outerHTML;
    }
    opener?.setAttribute("aria-expanded", "false");
    opener = number;
    number.setAttribute("aria-expanded", "true");
    aside.querySelector(".shown").innerHTML = shown;
    aside.hidden = false;
    aside.scrollTop = 0;
    const mark = aside.querySelector("mark");
    const below = mark ? mark.getBoundingClientRect().bottom - aside.getBoundingClientRect().bottom : 0;
    if (below > 0) aside.scrollTop = below + aside.clientHeight / 2;
    aside.focus({ preventScroll: true });
  });
  aside.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !aside.hidden) close();
  });
})();
