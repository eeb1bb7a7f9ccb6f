using System.Collections;
using System.Globalization;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ParameterList ParameterList(params Modules.Parameter[] parameters) => new(parameters);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A list of parameters named 0, 1, 2 …</summary>
    public class ParameterList : torch.nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> items = [];

        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => extend(parameters);

        public int Count => items.Count;

        public bool IsReadOnly => false;

        public Parameter this[int index]
        {
            get => items[index];
            set => Change(() => items[index] = value);
        }

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters) => Change(() => items.AddRange(parameters));

        public void Add(Parameter item) => Change(() => items.Add(item));

        public void Insert(int index, Parameter item) => Change(() => items.Insert(index, item));

        public bool Remove(Parameter item)
        {
            var index = IndexOf(item);
            if (index >= 0) RemoveAt(index);
            return index >= 0;
        }

        public void RemoveAt(int index) => Change(() => items.RemoveAt(index));

        public void Clear() => Change(items.Clear);

        public bool Contains(Parameter item) => IndexOf(item) >= 0;

        // A tensor's Equals compares values; a list's places are objects.
        public int IndexOf(Parameter item) => items.FindIndex(own => ReferenceEquals(own, item));

        public void CopyTo(Parameter[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

        public IEnumerator<Parameter> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
        }

        internal override void Convert(torch.Device? device, torch.ScalarType? dtype, Dictionary<torch.Tensor, torch.Tensor> done)
        {
            base.Convert(device, dtype, done);
            for (var i = 0; i < items.Count; i++) items[i] = get_parameter(Name(i))!;
        }

        private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

        private void Change(Action change)
        {
            var before = items.Count;
            change();
            for (var i = 0; i < Math.Max(before, items.Count); i++) register_parameter(Name(i), i < items.Count ? items[i] : null);
        }
    }
}
