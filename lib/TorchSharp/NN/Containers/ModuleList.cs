using System.Collections;
using System.Globalization;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A list of modules named 0, 1, 2 …, which are registered when a parent registers the list.</summary>
    public class ModuleList<T> : torch.nn.Module, IList<T> where T : torch.nn.Module
    {
        private readonly List<T> items = [];
        private bool isRegistered;

        public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => items.AddRange(modules);

        public int Count => items.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => items[index];
            set => Change(() => items[index] = value);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules) => Change(() => items.AddRange(modules));

        public void Add(T item) => Change(() => items.Add(item));

        public void Insert(int index, T item) => Change(() => items.Insert(index, item));

        public bool Remove(T item)
        {
            var found = items.Contains(item);
            if (found) Change(() => items.Remove(item));
            return found;
        }

        public void RemoveAt(int index) => Change(() => items.RemoveAt(index));

        public void Clear() => Change(items.Clear);

        public bool Contains(T item) => items.Contains(item);

        public int IndexOf(T item) => items.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
            if (isRegistered) return;
            isRegistered = true;
            for (var i = 0; i < items.Count; i++) register_module(i.ToString(CultureInfo.InvariantCulture), items[i]);
        }

        // The names are positions, so a change of the list can rename any number of them.
        private void Change(Action change)
        {
            change();
            if (!isRegistered) return;
            ClearModules();
            isRegistered = false;
            RegisterComponents();
        }
    }
}
