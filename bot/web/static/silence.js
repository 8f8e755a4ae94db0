// When the network has gone silent, which ends no request by itself.
"use strict";
class Silence {
  static maxMs = 60_000; // four times as long as between the server's signs of life
  static #tickMs = 5_000;
  #ticking; #left; #onSilent;

  constructor(onSilent) {
    this.#onSilent = onSilent;
    this.heard();
  }

  // Only ticks count: of the hours that a phone sleeps for, none but the last one comes.
  heard() {
    this.end();
    this.#left = Silence.maxMs / Silence.#tickMs;
    this.#ticking = setInterval(() => {
      if (--this.#left > 0) return;
      this.end();
      this.#onSilent();
    }, Silence.#tickMs);
  }

  end() {
    clearInterval(this.#ticking);
  }
}
