// From one cited sentence to the next: by the buttons, and by the keys n and p.
"use strict";
(() => {
  const spots = [...document.querySelectorAll(".text .spot")];
  if (!spots.length) return;
  let at = spots.findIndex((spot) => `#${spot.id}` === location.hash);

  const go = (by) => {
    at = at < 0 ? (by > 0 ? 0 : spots.length - 1) : (at + by + spots.length) % spots.length;
    history.replaceState(null, "", `#${spots[at].id}`);
    show();
  };
  const show = () => {
    spots.forEach((spot, place) => spot.classList.toggle("here", place === at));
    spots[at]?.nextElementSibling?.scrollIntoView({ block: "center" });
  };
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    if (event.key === "n" || event.key === "j") go(1);
    else if (event.key === "p" || event.key === "k") go(-1);
  });
  addEventListener("hashchange", () => {
    at = spots.findIndex((spot) => `#${spot.id}` === location.hash);
    if (at >= 0) show();
  });
  if (at >= 0) addEventListener("load", show);
})();
