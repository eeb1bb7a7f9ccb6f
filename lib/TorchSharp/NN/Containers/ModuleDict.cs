using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static Modules.ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new Modules.ModuleDict<T>();
                foreach (var (name, module) in modules) dictionary.Add(name, module);
                return dictionary;
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules by name, in the order in which they were added; registered when a parent registers the dictionary.</summary>
    public class ModuleDict<T> : torch.nn.Module, IDictionary<string, T> where T : torch.nn.Module
    {
        private readonly OrderedDictionary<string, T> items = [];
        private bool isRegistered;

        public ModuleDict() : base(nameof(ModuleDict<T>))
        {
        }

        public ICollection<string> Keys => items.Keys;

        public ICollection<T> Values => items.Values;

        public int Count => items.Count;

        public bool IsReadOnly => false;

        public T this[string key]
        {
            get => items[key];
            set
            {
                items[key] = value;
                if (!isRegistered) return;
                register_module(key, submodule: null);
                register_module(key, value);
            }
        }

        public IEnumerable<string> keys() => items.Keys;

        public IEnumerable<T> values() => items.Values;

        public void clear() => Clear();

        public void Add(string key, T value)
        {
            items.Add(key, value);
            if (isRegistered) register_module(key, value);
        }

        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

        public bool Remove(string key)
        {
            if (!items.Remove(key)) return false;
            if (isRegistered) register_module(key, submodule: null);
            return true;
        }

        public bool Remove(KeyValuePair<string, T> item) => Contains(item) && Remove(item.Key);

        public void Clear()
        {
            items.Clear();
            ClearModules();
        }

        public bool ContainsKey(string key) => items.ContainsKey(key);

        public bool Contains(KeyValuePair<string, T> item) => items.TryGetValue(item.Key, out var value) && ReferenceEquals(value, item.Value);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => items.TryGetValue(key, out value);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, T>>)items).CopyTo(array, arrayIndex);

        public IEnumerator<(string, T)> GetEnumerator() => items.Select(item => (item.Key, item.Value)).GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
            if (isRegistered) return;
            isRegistered = true;
            foreach (var (name, module) in items) register_module(name, module);
        }
    }
}
