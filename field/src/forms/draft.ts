// The state of a form that outlives the lock.
import { useEffect, useRef, useState } from "preact/hooks";
import { closeDraft, keepDraft, takeDraft } from "../work/drafts";

/** Like `useState`; what was entered is there again after the phone locked itself in the middle. `form` names the form and what it is about. */
export function useDraft<Content>(form: string, first: Content): [Content, (content: Content) => void] {
  const [content, set] = useState(first);
  const touched = useRef(false);
  useEffect(() => {
    void takeDraft<Content>(form).then((kept) => {
      if (kept === undefined || touched.current) return;
      set(kept);
      keepDraft(form, kept); // the phone may lock itself once more
    });
    return () => closeDraft(form);
  }, []);
  const change = (next: Content) => {
    touched.current = true;
    set(next);
    keepDraft(form, next);
  };
  return [content, change];
}
