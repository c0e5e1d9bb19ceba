/**
 * The page's one store. It holds what the engine said last (frame, timeline), what the learner looks at and how the page
 * is set; `actions` are the only way to change it. The engine's client is handed in with `connect`, so that tests and the
 * page use the same store.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Answers,
  ConfigEdit,
  EngineClient,
  EngineMessage,
  EngineRequest,
  Question,
  StepCommand,
  WorkloadRecords,
} from '../protocol/engine-client.ts';
import type { DetailTab, Phrase, Words as Sentence, ThingId } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { type Language, loadLanguage, onTexts } from '../text/index.ts';
import { bookmarksOf, MOST_BOOKMARK_NOTE, MOST_BOOKMARKS, placeOf } from './bookmarks.ts';
import { receive } from './messages.ts';
import type {
  Crash,
  Dialog,
  LessonSlot,
  MenuState,
  OpenFailure,
  PageData,
  PlayerState,
  Speed,
  ThemeChoice,
  Words,
} from './model.ts';
import { shownTab } from './thing.ts';
import { EMPTY_TIMELINE } from './timeline.ts';

export interface OpenOptions {
  readonly atUs?: number;
  readonly events?: number | undefined;
  readonly off?: readonly number[];
  readonly play?: boolean;
  readonly selection?: ThingId | null;
  /** It ships with the page, unchanged. */
  readonly shipped?: boolean;
}

export interface AppActions {
  connect(client: EngineClient): () => void;
  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]>;
  open(scenario: Scenario, options?: OpenOptions): void;
  /** Opens the scenario that is played again: after a crash, or from its start. */
  restart(scenario: Scenario, atUs: number): void;

  play(): void;
  pause(): void;
  togglePlay(): void;
  setSpeed(speed: Speed): void;
  step(direction: 1 | -1, by?: 'event' | 'request' | 'next', of?: ThingId | null): void;
  skip(): void;
  seek(atUs: number): void;
  /** Runs towards `toUs`; only the player calls it. */
  grant(toUs: number, watch: boolean): void;
  setPlayer(change: Partial<PlayerState>): void;

  command(command: StepCommand): void;
  configure(edits: readonly ConfigEdit[], from: 'start' | 'now'): void;
  workload(producer: string, text: string | WorkloadRecords, from: 'start' | 'now'): void;
  editCommand(id: number, edit: 'off' | 'on' | 'delete' | { readonly moveToUs: number }): void;
  branch(id: number): void;
  editBranch(id: number, edit: 'delete' | { readonly name: string; readonly note: string }): void;
  undo(): void;
  redo(): void;

  /** Marks this moment, stops the clock and asks for a note. */
  addBookmark(): void;
  setBookmarkNote(id: number, note: string): void;
  removeBookmark(id: number): void;
  /** Goes to a marked moment, in the branch that it was made in where that is still there. */
  goToBookmark(id: number): void;

  select(thing: ThingId | null, tab?: DetailTab): void;
  selectCommand(id: number | null): void;
  setTab(tab: DetailTab): void;
  setHover(thing: ThingId | null): void;
  setHighlight(things: readonly ThingId[]): void;
  /** `record:17` or 17 gets a ring; other things are pointed at until the next call. */
  setEmphasis(things: readonly (ThingId | number)[]): void;
  /** null: the column follows its tail again. */
  setScroll(partition: string, base: number | null): void;
  setWindowRecords(count: number): void;
  /** Whose records are in view (null: everybody's), and how many of each. */
  setColumns(columns: readonly string[] | null, windowRecords: number): void;

  setLanguage(language: Language): void;
  setTheme(theme: ThemeChoice): void;
  setResolvedTheme(theme: 'light' | 'dark'): void;
  setReducedMotion(on: boolean): void;
  setWords(words: Words): void;
  openMenu(menu: MenuState | null): void;
  openDialog(dialog: Dialog | null): void;
  setSheet(sheet: PageData['sheet']): void;
  foldLesson(folded: boolean): void;
  setLesson(lesson: LessonSlot | null): void;
  wantLesson(wanted: boolean): void;
  notice(phrase: Phrase, tone?: 'quiet' | 'refusal', what?: Sentence): void;
  dismissNotice(id: number): void;
  dismissRefusal(): void;
  dismissBranched(): void;
  setOpenFailure(failure: OpenFailure | null): void;
  setCrash(crash: Crash | null): void;
}

export interface AppState extends PageData {
  readonly actions: AppActions;
}

export type AppStore = StoreApi<AppState>;

const PAUSED: Phrase = { key: 'app.pace.paused', params: {} };

export const INITIAL: PageData = {
  client: null,
  scenario: null,
  frame: null,
  info: null,
  timeline: EMPTY_TIMELINE,
  progress: null,
  pending: 0,
  awaiting: [],
  branched: null,
  edits: { undo: null, redo: null },
  bookmarks: [],
  branchedSeen: false,
  refusal: null,
  notices: [],
  crash: null,
  openFailure: null,
  selection: null,
  tab: 'parameters',
  hover: null,
  highlight: [],
  emphasis: [],
  pointed: [],
  selectedCommand: null,
  view: { windowRecords: 64, scroll: {} },
  menu: null,
  dialog: null,
  sheet: null,
  lessonFolded: false,
  language: 'en',
  texts: 0,
  theme: 'system',
  resolvedTheme: 'light',
  reducedMotion: false,
  words: 'first',
  player: { playing: false, speed: 'auto', rate: 1 / 50, mode: 'paused', reason: PAUSED },
  lesson: null,
  lessonWanted: false,
};

/** Requests whose frame is never the next moment of the one before. */
const jumps = (request: EngineRequest): boolean =>
  request.type === 'open' ||
  request.type === 'seek' ||
  request.type === 'branch' ||
  (request.type === 'step' && request.direction < 0);

let noticeIds = 0;

export function createAppStore(initial: Partial<PageData> = {}): AppStore {
  return createStore<AppState>((set, get) => {
    const send = (request: EngineRequest): void => {
      const { client, crash } = get();
      if (client === null || (crash !== null && request.type !== 'open')) return;
      // Every request but `view` is answered by one frame (or refused); the player waits for it.
      if (request.type !== 'view') {
        const awaiting = [...get().awaiting, jumps(request) ? 'jump' : 'frame'] as const;
        set({ awaiting, pending: awaiting.length });
      }
      client.send(request);
    };
    onTexts(() => set({ texts: get().texts + 1 }));
    let seekTo: number | null = null;
    const sendView = (): void => {
      const { selection, tab, view } = get();
      send({ type: 'view', view: { selection, tab: shownTab(selection, tab), ...view } });
    };
    /** What changes the moment by hand stops the clock: the learner wants to look. */
    const hold = (): void => {
      const { player } = get();
      if (player.playing) set({ player: { ...player, playing: false, mode: 'paused', reason: PAUSED } });
    };

    const actions: AppActions = {
      connect(client) {
        // What an engine before this one showed is not this one's: its count of jumps begins anew.
        set({ client, pending: 0, awaiting: [], progress: null, frame: null, info: null, timeline: EMPTY_TIMELINE });
        const stop = client.subscribe((message: EngineMessage) => {
          if (get().client !== client) return;
          set((state) => receive(state, message));
          if (message.type === 'frame' && message.stopped === 'no-decision')
            actions.notice({ key: 'app.notice.no-decision', params: {} });
          if (message.type === 'undone')
            actions.notice({ key: `time.${message.by}.done`, params: {} }, 'quiet', message.words);
          if (seekTo !== null && get().pending === 0) {
            const atUs = seekTo;
            seekTo = null;
            send({ type: 'seek', atUs });
          }
        });
        return () => {
          stop();
          client.close();
          if (get().client === client) set({ client: null });
        };
      },
      ask(question) {
        const { client } = get();
        if (client === null) return Promise.reject(new Error('no engine'));
        return client.ask(question);
      },
      open(scenario, { atUs = 0, events, off = [], play = false, selection = null, shipped = false } = {}) {
        seekTo = null;
        set({
          scenario,
          crash: null,
          openFailure: null,
          branched: null,
          edits: { undo: null, redo: null },
          bookmarks: bookmarksOf(scenario),
          refusal: null,
          selection,
          selectedCommand: null,
          highlight: [],
          hover: null,
          emphasis: [],
          pointed: [],
          menu: null,
          pending: 0,
          awaiting: [],
          timeline: EMPTY_TIMELINE,
          view: { ...get().view, scroll: {} },
        });
        send({ type: 'open', scenario, atUs, events, off, shipped });
        sendView();
        if (play) actions.play();
        else hold();
      },
      restart(scenario, atUs) {
        actions.open(scenario, { atUs });
      },

      play() {
        const { player, frame, crash } = get();
        if (crash !== null || player.playing) return;
        if (frame !== null && frame.atUs >= frame.endUs && get().pending === 0) return;
        set({ player: { ...player, playing: true, mode: player.speed === 'auto' ? 'flow' : 'fixed' } });
      },
      pause: hold,
      togglePlay() {
        if (get().player.playing) hold();
        else actions.play();
      },
      setSpeed(speed) {
        set({ player: { ...get().player, speed, rate: speed === 'auto' ? get().player.rate : speed } });
      },
      step(direction, by = 'event', of = null) {
        hold();
        send({ type: 'step', direction, by, of });
      },
      skip() {
        send({ type: 'skip' });
      },
      seek(atUs) {
        const end = get().frame?.endUs ?? atUs;
        const target = Math.max(0, Math.min(Math.round(atUs), end));
        // A dragged playhead makes many moments; only the newest is computed once the one under way is there.
        if (get().pending > 0) seekTo = target;
        else send({ type: 'seek', atUs: target });
      },
      grant(toUs, watch) {
        send({ type: 'grant', toUs, watch });
      },
      setPlayer(change) {
        set({ player: { ...get().player, ...change } });
      },

      command(command) {
        set({ refusal: null });
        send({ type: 'command', command });
      },
      configure(edits, from) {
        set({ refusal: null });
        send({ type: 'configure', edits, from });
      },
      workload(producer, text, from) {
        set({ refusal: null });
        send({ type: 'workload', producer, text, from });
      },
      editCommand(id, edit) {
        if (edit === 'delete' && get().selectedCommand === id) set({ selectedCommand: null });
        send({ type: 'command-edit', id, edit });
      },
      branch(id) {
        send({ type: 'branch', id });
      },
      editBranch(id, edit) {
        send({ type: 'branch-edit', id, edit });
      },
      undo() {
        if (get().edits.undo === null) return;
        set({ refusal: null, selectedCommand: null, branchedSeen: true });
        send({ type: 'undo' });
      },
      redo() {
        if (get().edits.redo === null) return;
        set({ refusal: null, selectedCommand: null, branchedSeen: true });
        send({ type: 'redo' });
      },

      addBookmark() {
        const { frame, bookmarks, timeline } = get();
        if (frame === null) return;
        hold();
        const { atUs, branch } = frame;
        const there = bookmarks.find((bookmark) => bookmark.atUs === atUs && bookmark.branch === branch);
        if (there !== undefined) {
          actions.openDialog({ kind: 'bookmarks', added: there.id });
          return;
        }
        if (bookmarks.length >= MOST_BOOKMARKS) {
          actions.notice({ key: 'time.bookmark.many', params: { most: MOST_BOOKMARKS } }, 'refusal');
          return;
        }
        const id = Math.max(-1, ...bookmarks.map((bookmark) => bookmark.id)) + 1;
        const current = timeline.branches.find((view) => view.current)?.id ?? branch;
        set({ bookmarks: [...bookmarks, { id, atUs, note: '', branch: current }] });
        actions.openDialog({ kind: 'bookmarks', added: id });
      },
      setBookmarkNote(id, note) {
        const kept = note.slice(0, MOST_BOOKMARK_NOTE);
        set({ bookmarks: get().bookmarks.map((entry) => (entry.id === id ? { ...entry, note: kept } : entry)) });
      },
      removeBookmark(id) {
        set({ bookmarks: get().bookmarks.filter((bookmark) => bookmark.id !== id) });
      },
      goToBookmark(id) {
        const { bookmarks, timeline } = get();
        const bookmark = bookmarks.find((entry) => entry.id === id);
        if (bookmark === undefined) return;
        hold();
        if (placeOf(bookmark, timeline.branches) === 'other') send({ type: 'branch', id: bookmark.branch });
        send({ type: 'seek', atUs: bookmark.atUs });
      },

      select(thing, tab) {
        const state = get();
        if (state.selection === thing && (tab === undefined || tab === state.tab)) return;
        // What pointed at something may leave the page with this, and then never says that it points no more.
        set({ selection: thing, tab: tab ?? state.tab, refusal: null, highlight: [] });
        sendView();
      },
      selectCommand(id) {
        set({ selectedCommand: id });
      },
      setTab(tab) {
        if (get().tab === tab) return;
        set({ tab, highlight: [] });
        sendView();
      },
      setHover(thing) {
        if (get().hover !== thing) set({ hover: thing });
      },
      setHighlight(things) {
        if (things.length > 0 || get().highlight.length > 0) set({ highlight: things });
      },
      setEmphasis(things) {
        const { emphasis, pointed } = get();
        if (things.length === 0 && emphasis.length === 0 && pointed.length === 0) return;
        const isRecord = (thing: ThingId | number): boolean => typeof thing === 'number' || thing.startsWith('record:');
        set({
          emphasis: things.filter(isRecord).map((thing) => Number(String(thing).replace('record:', ''))),
          pointed: things.filter((thing) => !isRecord(thing)) as ThingId[],
        });
      },
      setScroll(partition, base) {
        const scroll = { ...get().view.scroll };
        if (base === null) delete scroll[partition];
        else scroll[partition] = Math.max(0, Math.round(base));
        set({ view: { ...get().view, scroll } });
        sendView();
      },
      setColumns(columns, windowRecords) {
        const { columns: before, ...rest } = get().view;
        if (rest.windowRecords === windowRecords && before?.join() === columns?.join()) return;
        set({ view: { ...rest, windowRecords, ...(columns === null ? {} : { columns }) } });
        sendView();
      },
      setWindowRecords(count) {
        if (count === get().view.windowRecords) return;
        set({ view: { ...get().view, windowRecords: count } });
        sendView();
      },

      setLanguage(language) {
        // The table first: the page never shows half of each.
        void loadLanguage(language).then(
          () => set({ language }),
          () => actions.notice({ key: 'app.notice.language', params: {} }),
        );
      },
      setTheme(theme) {
        set({ theme });
      },
      setResolvedTheme(resolvedTheme) {
        set({ resolvedTheme });
      },
      setReducedMotion(reducedMotion) {
        set({ reducedMotion });
      },
      setWords(words) {
        set({ words });
      },
      openMenu(menu) {
        set({ menu });
      },
      openDialog(dialog) {
        set({ dialog, menu: null, highlight: [], ...(dialog?.kind === 'changed' ? { branchedSeen: true } : {}) });
      },
      setSheet(sheet) {
        set({ sheet });
      },
      foldLesson(lessonFolded) {
        set({ lessonFolded });
      },
      setLesson(lesson) {
        set({ lesson });
      },
      wantLesson(lessonWanted) {
        set({ lessonWanted });
      },
      notice(phrase, tone = 'quiet', what) {
        noticeIds += 1;
        const notice = { id: noticeIds, phrase, tone, ...(what === undefined ? {} : { what }) };
        set({ notices: [...get().notices.slice(-2), notice] });
      },
      dismissNotice(id) {
        set({ notices: get().notices.filter((notice) => notice.id !== id) });
      },
      dismissRefusal() {
        if (get().refusal !== null) set({ refusal: null });
      },
      dismissBranched() {
        set({ branchedSeen: true });
      },
      setOpenFailure(openFailure) {
        set({ openFailure });
      },
      setCrash(crash) {
        set({ crash });
      },
    };
    return { ...INITIAL, ...initial, actions };
  });
}
