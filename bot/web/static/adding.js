// Files that are dropped, links and texts are sent one by one, and what becomes of each is shown.
"use strict";
(() => {
  const form = document.querySelector("details.add .bring");
  const told = document.getElementById("brought");
  if (!form || !told) return;
  const details = form.closest("details");
  const here = document.currentScript.src; // which is small, and there for everybody
  const pause = (ms) => new Promise((next) => setTimeout(next, ms));

  // A page of a proxy's, or of a network that wants to be paid first, is no sign of this server.
  const isOurs = (response) => response.status < 500 && response.headers.has("Content-Security-Policy");

  const show = (html) => {
    const made = document.createElement("div");
    made.innerHTML = html;
    return made;
  };

  // By XMLHttpRequest, for fetch does not tell how much has been sent. While something is sent,
  // progress is the sign that the network is there, and while it is read, which may take minutes, a
  // small file that is asked for beside it: three times at least before it is taken to be gone.
  const posted = (action, body, onSent) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const silence = new Silence(() => request.abort());
      let over = false;
      const listen = async () => {
        while (!over) {
          const signal = AbortSignal.timeout(Silence.maxMs / 4);
          const response = await fetch(here, { method: "HEAD", cache: "no-store", signal }).catch(() => null);
          if (!over && response && isOurs(response)) silence.heard();
          await pause(Silence.maxMs / 12);
        }
      };
      request.open("POST", action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-Footnote-Token", form.elements.token.value);
      request.upload.addEventListener("progress", (event) => {
        silence.heard();
        if (event.lengthComputable) onSent(event.loaded / event.total);
      });
      request.upload.addEventListener("load", listen);
      request.responseType = "json";
      request.addEventListener("load", () => (request.response ? resolve([request.status === 200, request.response]) : reject()));
      request.addEventListener("error", () => reject());
      request.addEventListener("abort", () => reject(silent));
      request.addEventListener("loadend", () => {
        over = true;
        silence.end();
      });
      request.send(body);
    });
  const silent = Symbol("the network is silent");

  const refused = (name, fault) => {
    const line = document.createElement("p");
    line.className = "fault-told";
    const named = document.createElement("bdi");
    named.textContent = name;
    line.append(named, name ? ": " : "", fault);
    return line;
  };

  const sent = async (action, body, name, into) => {
    const line = document.createElement("p");
    line.className = "facts under-way";
    const told = document.createElement("bdi");
    const bar = document.createElement("progress");
    const percent = document.createElement("span");
    percent.setAttribute("aria-hidden", "true");
    line.append(told, " ", bar, " ", percent);
    const before = [...into.children]; // an offer, which can be decided again
    into.replaceChildren(line);
    const inPercent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    const onSent = (part) => {
      told.textContent = form.dataset[part < 1 ? "sending" : "reading"].replace("{name}", name);
      bar.setAttribute("aria-label", told.textContent);
      bar.value = part;
      percent.textContent = part < 1 ? inPercent.format(part) : "";
      if (part === 1) bar.removeAttribute("value"); // how long reading takes is not known
    };
    onSent(0);
    try {
      const [taken, answer] = await posted(action, body, onSent);
      if (taken) into.replaceChildren(...show(answer.html).children);
      else into.replaceChildren(refused(name, answer.error));
      return taken;
    } catch (error) {
      into.replaceChildren(refused(name, form.dataset.unreachable), ...before.filter((one) => !one.matches(".fault-told")));
      return error === silent ? silent : false;
    }
  };

  const place = () => {
    const into = document.createElement("div");
    told.append(into);
    return into;
  };
  const one = async (field, value, name, putBack, more = {}) => {
    const body = new FormData();
    body.append(field, value);
    for (const [key, kept] of Object.entries(more)) body.append(key, kept);
    const taken = await sent(form.action, body, name, place());
    if (taken !== true) putBack(value);
    return taken;
  };

  // What was not taken stands in the form again, beside what has been chosen or written meanwhile.
  const backInto = (field, value) => {
    field.value = [field.value, value].filter(Boolean).join("\n");
  };
  const filesBack = (file) => {
    const kept = new DataTransfer();
    for (const one of [...form.elements.files.files, file]) kept.items.add(one);
    form.elements.files.files = kept.files;
  };

  const all = async (files, links, text, title) => {
    const fields = form.elements;
    const textBack = () => {
      backInto(fields.text, text);
      fields.title.value ||= title;
    };
    const waiting = [
      ...files.map((file) => ["files", file, file.name, filesBack]),
      ...links.map((link) => ["links", link, link, (sent) => backInto(fields.links, sent)]),
      ...(text ? [["text", text, title || text.slice(0, 40), textBack, { title }]] : []),
    ];
    let taken;
    for (const [field, value, name, putBack, more] of waiting) {
      // Each would wait as long as the first one did.
      if (taken === silent) putBack(value);
      else taken = await one(field, value, name, putBack, more);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { files, links, text, title } = form.elements;
    all([...files.files], links.value.split(/\s+/).filter(Boolean), text.value.trim(), title.value.trim());
    form.reset();
  });
  told.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-brings]")) return;
    event.preventDefault();
    const body = new FormData(event.target);
    body.set(event.submitter.name, event.submitter.value);
    sent(event.target.action, body, "", event.target.closest(".brought"));
  });

  let depth = 0;
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragenter", (event) => {
    if (hasFiles(event) && ++depth) document.body.classList.add("dropping");
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) document.body.classList.remove("dropping");
  });
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    document.body.classList.remove("dropping");
    details.open = true;
    all([...event.dataTransfer.files], [], "", "");
  });
})();
