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

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-quiet]") || !event.submitter) return;
    event.preventDefault();
    const response = await post(form, { [event.submitter.name]: event.submitter.value });
    if (!response.ok) return;
    const told = await response.json();
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
    const response = await fetch(number.dataset.evidence, { headers: { Accept: "text/html" } });
    if (!response.ok) {
      location.href = number.href;
      return;
    }
    opener?.setAttribute("aria-expanded", "false");
    opener = number;
    number.setAttribute("aria-expanded", "true");
    aside.querySelector(".shown").innerHTML = await response.text();
    aside.hidden = false;
    aside.scrollTop = 0;
    aside.focus({ preventScroll: true });
  });
  aside.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !aside.hidden) close();
  });
})();
