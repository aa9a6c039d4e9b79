/* SPDX-License-Identifier: Apache-2.0 */
'use strict';
/*
 * The page of Kairos in the ResourceManager. Names, users and queues come from whoever submits applications: whatever is shown goes
 * through text nodes and never through HTML. Each view asks for its data anew every two seconds, as long as the page is looked at.
 */
(() => {
  const EVERY_MS = 2000;
  const PATIENCE_MS = 10000;
  const MOST_ROWS = 200;
  const SVG = 'http://www.w3.org/2000/svg';
  const ID = /(container_(?:e\d+_)?\d+_\d+_\d+_\d+|application_\d+_\d+)/;

  const $ = id => document.getElementById(id);

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function link(kind, id, text) {
    const made = element('a', '', text || id);
    made.href = '#' + kind + '/' + encodeURIComponent(id);
    return made;
  }

  function say(target, text) {
    if (target.textContent !== text) target.textContent = text;
  }

  const number = value => value.toLocaleString('en-GB');
  const seconds = value => value.toLocaleString('en-GB', Math.abs(value) < 99.95
    ? {minimumFractionDigits: 1, maximumFractionDigits: 1} : {maximumFractionDigits: 0});
  const clock = ms => new Date(ms).toLocaleTimeString('en-GB');
  const plural = (count, one, many) => number(count) + ' ' + (count === 1 ? one : many);

  /* Words with the ids in them as links. */
  function linked(text) {
    return text.split(ID).map((part, at) => at % 2 ? link('why', part) : document.createTextNode(part));
  }

  /* ---- tables whose rows stay where they are while their cells change, so that a click meets what it was meant for ---- */

  function table(target, columns, options) {
    const head = element('tr');
    const body = element('tbody');
    const rows = new Map();
    const sorted = {by: null, down: false};
    let last = [];
    for (const column of columns) {
      const cell = element('th', column.text ? 'text' : '');
      cell.scope = 'col';
      if (column.title) cell.title = column.title;
      if (column.sort) {
        const button = element('button', '', column.name);
        button.type = 'button';
        button.addEventListener('click', () => {
          sorted.down = sorted.by === column ? !sorted.down : !column.text;
          sorted.by = column;
          for (const other of head.children) other.removeAttribute('aria-sort');
          cell.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
          show(last);
        });
        cell.append(button);
      } else {
        cell.append(column.name);
      }
      head.append(cell);
    }
    target.append(element('thead', '', head), body);

    function order(data) {
      if (!sorted.by) return data;
      const value = sorted.by.sort;
      const way = sorted.down ? -1 : 1;
      return [...data].sort((a, b) => {
        const x = value(a), y = value(b);
        return way * (typeof x === 'string' ? x.localeCompare(y) : x - y);
      });
    }

    function row(key) {
      const made = element('tr');
      for (const column of columns) made.append(element('td', column.text ? 'text' : ''));
      rows.set(key, made);
      return made;
    }

    function fill(made, datum) {
      columns.forEach((column, at) => {
        const cell = made.children[at];
        if (column.draw) {
          column.draw(cell, datum);
        } else {
          say(cell, column.show(datum));
          cell.className = [column.text ? 'text' : '', column.mark ? column.mark(datum) : ''].join(' ').trim();
        }
      });
    }

    function show(data) {
      last = data;
      const wanted = order(data).slice(0, MOST_ROWS);
      const keys = new Set(wanted.map(options.key));
      for (const [key, made] of rows) {
        if (!keys.has(key)) { made.remove(); rows.delete(key); }
      }
      if (wanted.length === 0) {
        const none = element('td', 'none', options.none);
        none.colSpan = columns.length;
        body.replaceChildren(element('tr', '', none));
        return;
      }
      if (body.firstChild && !rows.size) body.replaceChildren();
      wanted.forEach((datum, at) => {
        const key = options.key(datum);
        const made = rows.get(key) || row(key);
        fill(made, datum);
        if (body.children[at] !== made) body.insertBefore(made, body.children[at] || null);
      });
    }
    return show;
  }

  function linkCell(kind, id, text) {
    return (cell, datum) => {
      const shown = text ? text(datum) : id(datum);
      if (!cell.firstChild) cell.append(link(kind, id(datum), shown));
      else say(cell.firstChild, shown);
    };
  }

  /* ---- charts ---- */

  function svg(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function niceTop(value) {
    if (value <= 4) return 4;
    const unit = Math.pow(10, Math.floor(Math.log10(value)));
    return [1, 1.5, 2, 3, 4, 6, 8, 10].map(step => step * unit).find(top => top >= value);
  }

  /* Areas on top of each other, over the last ten minutes or as many as are known. Where nothing was noted for a while there is a gap. */
  function chart(target, legend, series) {
    const SPANS = [60000, 120000, 300000, 600000], GAP = 7000, LEFT = 38, BOTTOM = 20, TOP = 8, HEIGHT = 170;
    let line, now = 0, span = SPANS[0], pointed = null;
    const ago = ms => ms === 0 ? 'now' : ms < 60000 ? ms / 1000 + ' s ago' : ms / 60000 + ' min ago';

    function tell() {
      const at = pointed === null ? line.timeMs.length - 1 : pointed;
      const words = series.map(one => element('span', '', element('span', 'dot ' + one.name),
        one.label + (at < 0 ? '' : ' ' + number(line[one.name][at]))));
      if (pointed !== null) words.push(element('span', '', clock(line.timeMs[at])));
      legend.replaceChildren(...words);
    }

    function draw() {
      const width = Math.max(240, target.clientWidth);
      const x = ms => LEFT + (width - LEFT - 4) * (1 - (now - ms) / span);
      const sums = line.timeMs.map((_, at) => series.reduce((sum, one) => sum + line[one.name][at], 0));
      const top = niceTop(Math.max(0, ...sums));
      const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
      const parts = [];
      for (const part of [0, 0.5, 1]) {
        const at = y(top * part);
        parts.push(svg('line', {class: 'grid', x1: LEFT, x2: width, y1: at, y2: at}));
        parts.push(svg('text', {x: LEFT - 6, y: at + 4, 'text-anchor': 'end'}, number(top * part)));
      }
      for (const [part, anchor] of [[1, 'start'], [0.5, 'middle'], [0, 'end']]) {
        parts.push(svg('text', {x: x(now - part * span), y: HEIGHT - 4, 'text-anchor': anchor}, ago(part * span)));
      }
      const below = line.timeMs.map(() => 0);
      for (const one of series) {
        const above = below.map((base, at) => base + line[one.name][at]);
        let path = '';
        for (let from = 0; from < above.length;) {
          let to = from;
          while (to + 1 < above.length && line.timeMs[to + 1] - line.timeMs[to] < GAP) to++;
          const up = [], down = [];
          for (let at = from; at <= to; at++) {
            up.push(x(line.timeMs[at]).toFixed(1) + ',' + y(above[at]).toFixed(1));
            down.unshift(x(line.timeMs[at]).toFixed(1) + ',' + y(below[at]).toFixed(1));
          }
          path += 'M' + up.concat(down).join('L') + 'Z';
          from = to + 1;
        }
        parts.push(svg('path', {class: 'area ' + one.name, d: path}));
        above.forEach((value, at) => { below[at] = value; });
      }
      if (pointed !== null) {
        const at = x(line.timeMs[pointed]);
        parts.push(svg('line', {class: 'cross', x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM}));
      }
      target.setAttribute('viewBox', '0 0 ' + width + ' ' + HEIGHT);
      target.replaceChildren(...parts);
      tell();
    }

    target.addEventListener('pointermove', event => {
      if (!line || !line.timeMs.length) return;
      const box = target.getBoundingClientRect();
      const ms = now - span * (1 - (event.clientX - box.left - LEFT) / (box.width - LEFT - 4));
      pointed = line.timeMs.reduce((best, time, at) =>
        Math.abs(time - ms) < Math.abs(line.timeMs[best] - ms) ? at : best, 0);
      draw();
    });
    target.addEventListener('pointerleave', () => { pointed = null; if (line) draw(); });
    window.addEventListener('resize', () => { if (line && target.clientWidth) draw(); });

    return (fresh, timeMs) => {
      if (pointed !== null && line) {
        const held = line.timeMs[pointed];
        const at = fresh.timeMs.indexOf(held);
        pointed = at < 0 ? null : at;
      }
      line = fresh;
      now = timeMs;
      span = SPANS.find(one => !line.timeMs.length || now - line.timeMs[0] <= one) || SPANS[SPANS.length - 1];
      draw();
    };
  }

  /* ---- the cluster ---- */

  const known = node => node.reportAgeSeconds >= 0;

  function bar(cell, node) {
    if (!cell.firstChild) cell.append(element('div', 'bar', element('span', 'running'), element('span', 'paused'), element('span', 'held')));
    const whole = Math.max(node.bound, node.running + node.paused + node.held, 1);
    [node.running, node.paused, node.held].forEach((value, at) => {
      cell.firstChild.children[at].style.width = 100 * value / whole + '%';
    });
  }

  const figure = show => node => known(node) ? show(node) : '-';
  const showNodes = table($('nodes'), [
    {name: 'node', text: true, sort: node => node.nodeId, draw: linkCell('node', node => node.nodeId)},
    {name: 'load', text: true, title: 'Running, paused and held tasks of N + Q', draw: bar},
    {name: 'running', sort: node => node.running, show: figure(node => number(node.running))},
    {name: 'paused', sort: node => node.paused, show: figure(node => number(node.paused))},
    {name: 'held', sort: node => node.held, title: 'Not launched yet', show: figure(node => number(node.held))},
    {name: 'tasks', sort: node => node.tasks, title: 'As the ResourceManager counts them', show: node => number(node.tasks)},
    {name: 'bound', sort: node => node.bound, title: 'N + Q: tasks it may have', show: node => number(node.bound)},
    {name: 'slots', sort: node => node.slots, title: 'N: tasks it runs at a time', show: node => number(node.slots)},
    {name: 'report', sort: node => node.reportAgeSeconds, title: 'Age of its last load report',
      show: node => known(node) ? seconds(node.reportAgeSeconds) + ' s' : 'never',
      mark: node => !known(node) || node.reportLate ? 'late' : 'soft'},
    {name: 'variance', sort: node => node.attainedVariance, title: 'Of the attained service of its tasks over their weights',
      show: figure(node => seconds(node.attainedVariance) + ' s\u00b2')}
  ], {key: node => node.nodeId, none: 'No node is registered.'});

  const work = row => row.workLeft ? row.workLeft.seconds : 0;
  function from(row) {
    const left = row.workLeft;
    if (!left) return '';
    return (left.comesFirst ? 'comes first, for it waited long; ' : '')
      + 'attained ' + seconds(left.attainedSeconds) + ' s, ' + number(left.unfinished) + ' not ended, ' + number(left.finished) + ' ended'
      + (left.usualTaskSeconds > 0 ? ', usual task ' + seconds(left.usualTaskSeconds) + ' s' : '');
  }

  function queueTable(byWork) {
    $('queue').replaceChildren();
    return table($('queue'), [
      {name: 'application', text: true, sort: row => row.application, draw: linkCell('why', row => row.application)},
      {name: 'name', text: true, sort: row => row.name, show: row => row.name || '-', mark: () => 'clip'},
      {name: 'user', text: true, sort: row => row.user, show: row => row.user || '-', mark: () => 'clip'},
      {name: 'queue', text: true, sort: row => row.queue, show: row => row.queue || '-', mark: () => 'clip'},
      {name: 'asks', sort: row => row.asks, title: 'Containers it asks for and has not got',
        show: row => row.waitsForMaster ? 'its master' : number(row.asks)},
      {name: 'tasks', sort: row => row.placed, title: 'Tasks it has that have not ended', show: row => number(row.placed)},
      {name: 'attained', sort: row => row.attainedSeconds, title: 'Service of its tasks, ended ones too',
        show: row => seconds(row.attainedSeconds) + ' s'},
      ...(byWork ? [
        {name: 'work left', sort: work, show: row => row.workLeft ? seconds(work(row)) + ' s' : '-'},
        {name: 'which came from', text: true, show: from, mark: () => 'soft from'}] : [])
    ], {key: row => row.application, none: 'No application waits for a container.'});
  }

  const tasksChart = chart($('tasks-chart'), $('tasks-legend'), [
    {name: 'running', label: 'running'}, {name: 'paused', label: 'paused'}, {name: 'held', label: 'held'}]);
  const asksChart = chart($('asks-chart'), $('asks-legend'), [{name: 'asks', label: 'asks'}]);
  let showQueue = null, queueByWork = null, lastCluster = null;

  function figures(data) {
    const shown = [
      ['running', number(data.running), 'of ' + plural(data.slots, 'slot', 'slots')],
      ['paused', number(data.paused), 'in place'],
      ['held', number(data.held), 'not launched yet'],
      ['asks that wait', number(data.asks), 'of ' + plural(data.waitingApplications, 'application', 'applications')],
      ['placements', number(data.placements), number(data.boundRejections) + ' refused'],
      ['guarantees', number(data.guarantees), 'uninterrupted runs'],
      ['failed pauses', number(data.pauseFailures), 'the tasks ran on']
    ];
    if (data.mode === 'observe') shown.splice(2, 0, ['not paused', number(data.pausesNotMade), 'only observed']);
    const list = $('figures');
    if (list.children.length !== shown.length) {
      list.replaceChildren(...shown.map(() => element('div', '', element('dt'), element('dd'))));
    }
    shown.forEach(([name, value, about], at) => {
      const [term, told] = list.children[at].children;
      say(term, name);
      if (told.firstChild === null) told.append(document.createTextNode(''), element('small'));
      if (told.firstChild.data !== value) told.firstChild.data = value;
      say(told.lastChild, about);
    });
  }

  function lines(target, words) {
    target.hidden = words.length === 0;
    target.replaceChildren(...words.map(word => element('li', '', word)));
  }

  function nodesWanted() {
    const text = $('search').value.trim().toLowerCase();
    return text ? lastCluster.nodes.filter(node => node.nodeId.toLowerCase().includes(text)) : lastCluster.nodes;
  }

  function showNodesWanted() {
    const wanted = nodesWanted();
    showNodes(wanted);
    $('search').hidden = lastCluster.nodes.length <= 20 && !$('search').value;
    const more = wanted.length - MOST_ROWS;
    $('more-nodes').hidden = more <= 0;
    if (more > 0) say($('more-nodes'), 'and ' + plural(more, 'more node', 'more nodes') + ': sort or search for them');
  }

  function showCluster(data) {
    lastCluster = data;
    say($('mode'), 'mode ' + data.mode);
    say($('policy'), 'policy ' + data.policy);
    lines($('warnings'), data.moreWarnings > 0
      ? [...data.warnings, 'and ' + number(data.moreWarnings) + ' more'] : data.warnings);
    figures(data);
    tasksChart(data.timeline, data.timeMs);
    asksChart(data.timeline, data.timeMs);
    showNodesWanted();
    const byWork = data.policy === 'kairos-job' && data.mode !== 'off';
    if (byWork !== queueByWork) {
      queueByWork = byWork;
      showQueue = queueTable(byWork);
    }
    say($('queue-note'), byWork ? 'the one with least work left first' : 'the one that came first in front');
    showQueue(data.waiting);
    const more = data.waitingApplications - data.waiting.length;
    $('more-queue').hidden = more <= 0;
    if (more > 0) say($('more-queue'), 'and ' + plural(more, 'more application', 'more applications'));
  }

  /* ---- a node ---- */

  const states = ['guaranteed', 'running', 'launching', 'paused', 'held'];
  const applications = new Map();
  const showTasks = table($('tasks'), [
    {name: 'container', text: true, sort: task => task.container, draw: linkCell('why', task => task.container)},
    {name: 'application', text: true, sort: task => task.application,
      draw: (cell, task) => {
        if (!cell.firstChild) cell.append(link('why', task.application), element('small'));
        say(cell.lastChild, applications.get(task.application) || '');
      }},
    {name: 'state', text: true, sort: task => states.indexOf(task.state),
      draw: (cell, task) => {
        if (!cell.firstChild) cell.append(element('span'), document.createTextNode(''));
        cell.firstChild.className = 'dot ' + (states.includes(task.state) ? task.state : '');
        if (cell.lastChild.data !== task.state) cell.lastChild.data = task.state;
      }},
    {name: 'attained', sort: task => task.attainedSeconds, title: 'Service it has attained, and its weight where that is not 1',
      show: task => seconds(task.attainedSeconds) + ' s' + (task.weight === 1 ? '' : ' / ' + number(task.weight))},
    {name: 'times paused', sort: task => task.preemptions, show: task => number(task.preemptions)},
    {name: 'paused for', sort: task => task.pausedSeconds, show: task => seconds(task.pausedSeconds) + ' s'}
  ], {key: task => task.container, none: 'No task is on this node.'});

  function decision(time, ...words) {
    return element('li', '', element('time', '', time), element('div', '', ...words));
  }

  /* Links that stay while they say the same keep the focus and meet the click. */
  let lastDecisions = '';
  function showNode(data) {
    const node = data.node;
    say($('node-name'), node.nodeId);
    const about = [
      node.mode ? 'mode ' + node.mode : 'no load report yet',
      plural(node.slots, 'slot', 'slots'), 'at most ' + plural(node.bound, 'task', 'tasks'), plural(node.tasks, 'task', 'tasks') + ' now',
      ...(known(node) ? ['last load report ' + seconds(node.reportAgeSeconds) + ' s ago'] : []),
      ...(node.guarantees >= 0 ? [plural(node.guarantees, 'guarantee', 'guarantees'),
        plural(node.pauseFailures, 'failed pause', 'failed pauses')] : []),
      ...(node.partition ? ['label ' + node.partition] : [])];
    say($('node-about'), about.join(', ') + '; ');
    $('node-own').href = location.protocol + '//' + node.httpAddress + '/';
    lines($('node-warnings'), data.trouble ? [...data.warnings, 'It tells nothing of its tasks: ' + data.trouble] : data.warnings);
    applications.clear();
    for (const [id, application] of Object.entries(data.applications)) applications.set(id, application.name);
    showTasks([...data.tasks].sort((a, b) =>
      states.indexOf(a.state) - states.indexOf(b.state) || a.attainedSeconds - b.attainedSeconds));
    const decided = JSON.stringify(data.decisions);
    if (decided === lastDecisions) return;
    lastDecisions = decided;
    $('node-decisions').replaceChildren(...[...data.decisions].reverse().map(row =>
      decision(clock(row.timeMs), link('why', row.container), ' ', ...linked(row.why))));
  }

  /* ---- a container or an application ---- */

  let lastWhy = '';
  function showWhy(data) {
    say($('why-name'), data.id);
    const told = JSON.stringify([data.sentences, data.node, data.application]);
    if (told === lastWhy) return;
    lastWhy = told;
    const path = [];
    if (data.node) path.push(' / node ', link('node', data.node));
    if (data.application && data.application !== data.id) path.push(' / ', link('why', data.application));
    $('why-path').replaceChildren(...path);
    $('why-told').replaceChildren(...data.sentences.filter(sentence => !sentence.startsWith('  '))
      .map(sentence => element('p', '', ...linked(sentence))));
    const decided = data.sentences.filter(sentence => sentence.startsWith('  '));
    $('why-decided').hidden = decided.length === 0;
    $('why-decisions').replaceChildren(...decided.map(sentence => {
      const text = sentence.trim();
      const end = text.indexOf(' ');
      return decision(text.substring(0, end), ...linked(text.substring(end + 1)));
    }));
  }

  /* ---- asking ---- */

  const views = {
    cluster: {data: () => 'kairos/data', show: showCluster},
    node: {data: id => 'kairos/node?id=' + encodeURIComponent(id), show: showNode},
    why: {data: id => 'kairos/why?id=' + encodeURIComponent(id), show: showWhy}
  };
  let view = null, round = 0, timer = 0, lastMs = 0;

  function route() {
    const [kind, id] = location.hash.substring(1).split('/', 2);
    try {
      if ((kind === 'node' || kind === 'why') && id) return {kind, id: decodeURIComponent(id)};
    } catch (malformed) {
      // somebody wrote that address by hand
    }
    return {kind: 'cluster', id: ''};
  }

  function trouble(text) {
    const target = $('trouble');
    target.hidden = !text;
    say(target, text);
  }

  async function ask(path) {
    const giveUp = new AbortController();
    const limit = setTimeout(() => giveUp.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(path, {cache: 'no-store', redirect: 'manual', signal: giveUp.signal});
      if (answer.type === 'opaqueredirect') {
        return {trouble: 'This ResourceManager sends the page elsewhere: it is not the active one any more, or wants you to log in'
          + ' again. Load the page anew.'};
      }
      if (!answer.ok) {
        const text = answer.headers.get('Content-Type') || '';
        const line = text.startsWith('text/plain') ? (await answer.text()).trim() : 'the server answers with status ' + answer.status;
        return {trouble: line, missing: answer.status === 404};
      }
      return {data: await answer.json()};
    } catch (failure) {
      return {trouble: 'The ResourceManager cannot be reached' + (failure.name === 'AbortError' ? ': no answer in time' : '')};
    } finally {
      clearTimeout(limit);
    }
  }

  async function refresh() {
    clearTimeout(timer);
    const asked = ++round;
    const wanted = view;
    const answer = await ask(views[wanted.kind].data(wanted.id));
    if (asked !== round) return;
    if (answer.data) {
      lastMs = Date.now();
      trouble('');
      say($('updated'), 'updated ' + clock(lastMs));
      $(wanted.kind).hidden = false;
      try {
        views[wanted.kind].show(answer.data);
      } catch (failure) {
        // The plugin was changed while this was open.
        trouble('This page does not understand the ResourceManager any more. Load it anew.');
      }
    } else {
      trouble(answer.trouble + (answer.missing ? '' : lastMs
        ? ' \u2013 what is shown is from ' + clock(lastMs) + ', and is asked for again every few seconds'
        : ' \u2013 asked again every few seconds'));
    }
    if (!document.hidden) timer = setTimeout(refresh, EVERY_MS);
  }

  function turn() {
    view = route();
    for (const kind of Object.keys(views)) $(kind).hidden = true;
    lastMs = 0;
    lastWhy = '';
    lastDecisions = '';
    document.title = view.id ? view.id + ' - Kairos' : 'Kairos';
    window.scrollTo(0, 0);
    refresh();
  }

  window.addEventListener('hashchange', turn);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden) refresh();
  });
  $('search').addEventListener('input', () => { if (lastCluster) showNodesWanted(); });
  say($('where'), location.host);
  turn();
})();
