// Compiled and run anew for every answer at every change of the chat: what it draws is kept, in static/under_answer.js.
export default window.keepsake.underAnswer(React, { ...props, sendUserMessage });
