/* What a page measures of itself, for the tests. */
({
  seen(one) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && one.closest(".skip") === null;
  },
  /* What stands outside of the page to its right, outside of boxes that scroll by themselves. */
  outside() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll"))
      .map(one => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 40)).slice(-5).concat("the page is " + document.documentElement.scrollWidth + " wide");
  },
  /* Days and numbers with hyphens of which a part stands in the next line. */
  broken() {
    const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.parentElement.closest("option, textarea, pre, code")) continue;
      for (const one of node.data.matchAll(/\b\d{4}-(\d\d-\d\d|W\d\d|\d{5})\b/g)) {
        const range = document.createRange();
        range.setStart(node, one.index); range.setEnd(node, one.index + one[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(one[0]);
      }
    }
    return found;
  },
  /* Words of a table or a form that are cut within, where there is room for them. */
  cut() {
    const found = [];
    for (const box of document.querySelectorAll("main :is(td, th, dt, label, button, summary)")) {
      for (const node of box.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (const one of node.data.matchAll(/[A-Za-z]{5,18}/g)) {
          const range = document.createRange();
          range.setStart(node, one.index); range.setEnd(node, one.index + one[0].length);
          if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(one[0]);
        }
      }
    }
    return found;
  },
  /* Words of the program where words of people belong: ids of sources, instants, comparators, slugs of addresses, nothing at all. */
  raw() {
    const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const words = /\b(?:us|eu|jp|cn|de|uk|sg)_[a-z_]+\b|\d{4}-\d\d-\d\dT\d\d:\d\d|[<>]= ?\d|\bsupp-\d+\.\w|\b\d[A-E]\d{3}\.[a-z]{3,}|\b(?:null|undefined|True|False|None(?!\.| yet| is))\b|\band or or\b/g;
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.parentElement.closest("option, textarea, pre, code, .path, .address")) continue;
      for (const one of node.data.matchAll(words)) found.push(one[0]);
    }
    return found;
  },
  /* WCAG 2.2, 2.5.8: 24 by 24 pixels, or in a line of words, or with so much room that a circle of 24 pixels around it meets no other target. */
  small() {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(this.seen);
    const boxes = all.map(one => (one.matches("input[type=checkbox], input[type=radio]") && one.closest("label") || one).getBoundingClientRect());
    const little = boxes.map(box => box.width < 24 || box.height < 24);
    const inLine = one => {
      if (!one.matches("a") || getComputedStyle(one).display !== "inline") return false;
      const block = one.closest("p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, div, label");
      const others = [...block.querySelectorAll("a")].map(link => link.textContent).join("");
      return block.textContent.replace(/\s/g, "").length > others.replace(/\s/g, "").length;
    };
    const near = (a, b) => {
      const x = a.left + a.width / 2, y = a.top + a.height / 2;
      const dx = Math.max(b.left - x, 0, x - b.right), dy = Math.max(b.top - y, 0, y - b.bottom);
      return Math.hypot(dx, dy) < 12;
    };
    const circles = (a, b) => Math.hypot(a.left + a.width / 2 - b.left - b.width / 2, a.top + a.height / 2 - b.top - b.height / 2) < 24;
    return all.filter((one, at) => little[at] && !inLine(one) && boxes.some((other, place) => place !== at && !all[place].contains(one) && !one.contains(all[place])
      && (near(boxes[at], other) || (little[place] && circles(boxes[at], other)))))
      .map(one => one.outerHTML.slice(0, 160));
  },
  /* Notes each element that gets the focus: whether a ring is drawn, and whether it is in sight. */
  listen() {
    window.focused = [];
    document.addEventListener("focusin", event => {
      const one = event.target, style = getComputedStyle(one), box = one.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      window.focused.push({
        place: this.all().indexOf(one), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, inside, said: one.outerHTML.slice(0, 160),
      });
    });
  },
  stop(radio) {
    const group = [...radio.form.elements].filter(one => one.type === "radio" && one.name === radio.name);
    return group.find(one => one.checked) || group[0];
  },
  all() {
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
      .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
      .filter(one => one.type !== "radio" || one === this.stop(one)); // the arrows lead on within a group
  },
})
