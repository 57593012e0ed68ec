
"use strict";
// Keeps ticks and notes in this browser, apart for each plan; without storage the page still works, and says so.
(() => {
  const key = "lostcard:" + document.documentElement.dataset.plan;
  const fields = [...document.querySelectorAll("[data-key]")];
  const show = (id) => { document.getElementById(id).hidden = false; };
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept !== null && typeof kept === "object" ? kept : {};
    } catch { return {}; }
  };
  const fill = () => {
    const kept = read();
    for (const field of fields) {
      const value = kept[field.dataset.key];
      if (field.type === "checkbox") field.checked = value === true;
      else field.value = typeof value === "string" ? value : "";
    }
  };
  const keep = () => {
    const kept = {};
    for (const field of fields) {
      const value = field.type === "checkbox" ? field.checked : field.value;
      if (value) kept[field.dataset.key] = value;
    }
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { show("not-kept"); }
  };
  try {
    localStorage.setItem("lostcard", "");
    localStorage.removeItem("lostcard");
  } catch {
    show("not-kept");
    return;
  }
  fill();
  addEventListener("input", keep);
  addEventListener("storage", (event) => { if (event.key === key || event.key === null) fill(); });
  document.getElementById("clear").addEventListener("click", () => {
    localStorage.removeItem(key);
    fill();
  });
  show("kept");
  show("clear");
})();
