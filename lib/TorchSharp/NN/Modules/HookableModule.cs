namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that runs hooks before and after <c>forward</c> when it is called by <c>call</c>.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly OrderedDictionary<int, TPreHook> before = [];
            private readonly OrderedDictionary<int, TPostHook> after = [];
            private readonly OrderedDictionary<int, Action<Module>> silentBefore = [];
            private readonly OrderedDictionary<int, Action<Module>> silentAfter = [];
            private int lastKey;

            protected HookableModule(string name) : base(name)
            {
            }

            /// <summary>True when <c>call</c> has more to do than <c>forward</c>.</summary>
            internal bool HasHooks { get; private set; }

            internal IEnumerable<TPreHook> Before => before.Values.ToArray();

            internal IEnumerable<TPostHook> After => after.Values.ToArray();

            /// <summary>Runs after <c>forward</c>; what it returns, when not null, takes the result's place.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(after, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(silentAfter, hook);

            /// <summary>Runs before <c>forward</c>; what it returns, when not null, takes the inputs' place.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(before, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(silentBefore, hook);

            internal void RunSilentBefore()
            {
                foreach (var hook in silentBefore.Values.ToArray()) hook(this);
            }

            internal void RunSilentAfter()
            {
                foreach (var hook in silentAfter.Values.ToArray()) hook(this);
            }

            private HookRemover Add<THook>(OrderedDictionary<int, THook> hooks, THook hook)
            {
                ArgumentNullException.ThrowIfNull(hook);
                var key = ++lastKey;
                hooks.Add(key, hook);
                HasHooks = true;
                return new HookRemover(() =>
                {
                    hooks.Remove(key);
                    HasHooks = before.Count + after.Count + silentBefore.Count + silentAfter.Count > 0;
                });
            }

            /// <summary>Takes one hook off its module again.</summary>
            public sealed class HookRemover
            {
                private readonly Action action;

                internal HookRemover(Action action) => this.action = action;

                public void remove() => action();
            }
        }
    }
}
