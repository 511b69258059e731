// Tables, switches and other elements.

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

/** columns: name, class, and what a row shows; a bar gives its length between 0 and 1, too. */
function table(id, columns, rows) {
  const target = byId(id);
  if (!rows.length) {
    target.remove();
    return;
  }
  const head = target.createTHead().insertRow();
  for (const column of columns) {
    head.append(element('th', column.name, column.text ? 'text' : ''));
  }
  const body = target.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const column of columns) {
      const cell = element('td', undefined, column.text ? 'text' : column.bar ? 'bar' : '');
      if (column.bar) {
        const bar = element('i');
        bar.style.width = (100 * column.bar(row)).toFixed(1) + '%';
        cell.append(bar);
      }
      cell.append(element('span', column.show(row)));
      line.append(cell);
    }
  }
}

function choice(options, selected, onChoice) {
  const group = element('div', undefined, 'choice');
  group.setAttribute('role', 'group');
  for (const [value, label] of options) {
    const button = element('button', label);
    button.type = 'button';
    button.setAttribute('aria-pressed', String(value === selected));
    button.addEventListener('click', () => {
      for (const other of group.children) {
        other.setAttribute('aria-pressed', String(other === button));
      }
      onChoice(value);
    });
    group.append(button);
  }
  return group;
}
