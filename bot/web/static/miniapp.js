// Within Telegram: says who has opened this by what Telegram signed, and takes Telegram's colours and
// its safe areas. Telegram's own script does the same and more; it would have to come from its host.
"use strict";
(() => {
  const given = new URLSearchParams(location.hash.slice(1));
  const kept = (name) => {
    const value = given.get(name);
    try {
      if (value !== null) sessionStorage.setItem(name, value);
      return value ?? sessionStorage.getItem(name);
    } catch {
      return value;
    }
  };
  const theme = kept("tgWebAppThemeParams");

  const post = (type, data = {}) => {
    if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(type, JSON.stringify(data));
    else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType: type, eventData: data }));
    else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType: type, eventData: data }), "https://web.telegram.org");
  };

  const names = {
    bg_color: ["--paper"], secondary_bg_color: ["--raised"], text_color: ["--ink"], hint_color: ["--soft"],
    link_color: ["--accent"],
  };
  const colour = /^#[0-9a-f]{6}$/i;
  const isDark = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return r * 0.299 + g * 0.587 + b * 0.114 < 128;
  };
  const paint = (params) => {
    const root = document.documentElement;
    if (colour.test(params.bg_color)) root.dataset.theme = isDark(params.bg_color) ? "dark" : "light";
    for (const [name, properties] of Object.entries(names)) {
      if (!colour.test(params[name])) continue;
      for (const property of properties) root.style.setProperty(property, params[name]);
    }
  };
  const inset = (data) => {
    const root = document.documentElement;
    for (const side of ["top", "bottom"]) {
      if (Number.isFinite(data[side])) root.style.setProperty(`--safe-${side}`, `${data[side]}px`);
    }
  };
  const receive = (type, data) => {
    if (type === "theme_changed" && data?.theme_params) paint(data.theme_params);
    if (type === "safe_area_changed" && data) inset(data);
    if (type === "back_button_pressed") history.back();
  };
  window.Telegram = { WebView: { receiveEvent: receive } };
  window.TelegramGameProxy_receiveEvent = receive;
  window.TelegramGameProxy = { receiveEvent: receive };
  addEventListener("message", (event) => {
    if (event.source !== window.parent || !/^https:\/\/([a-z0-9-]+\.)?telegram\.org$/.test(event.origin)) return;
    try {
      const { eventType, eventData } = JSON.parse(event.data);
      receive(eventType, eventData);
    } catch {
      // another's message
    }
  });

  try {
    if (theme) paint(JSON.parse(theme));
  } catch {
    // then the colours are ours
  }
  post("web_app_ready");
  post("web_app_expand");
  post("web_app_request_theme");
  post("web_app_request_safe_area");

  const opening = document.getElementById("opening");
  if (!opening) {
    post("web_app_setup_back_button", { is_visible: history.length > 2 });
    return;
  }
  const begin = async () => {
    const body = new URLSearchParams({
      init_data: given.get("tgWebAppData") ?? "",
      start: new URLSearchParams(location.search).get("start") ?? "",
    });
    history.replaceState(null, "", location.pathname);
    const response = await fetch(opening.dataset.begin, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await response.json();
    if (response.ok) location.replace(told.path);
    else opening.textContent = told.error;
  };
  begin().catch(() => {
    opening.textContent = opening.dataset.private;
  });
})();
