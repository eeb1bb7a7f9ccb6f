using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// The base of all models: a tree of modules whose parameters and buffers have names.
        /// </summary>
        /// <remarks>
        /// A constructor ends with <see cref="RegisterComponents"/>, which registers what the fields hold under the fields' names:
        /// modules, parameters, and plain tensors as persistent buffers.
        /// </remarks>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> childrenByName = [];
            private readonly OrderedDictionary<string, Parameter> parametersByName = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> buffersByName = [];
            private readonly string label;
            private bool isTraining = true;
            private bool areComponentsRegistered;

            protected Module(string name) => label = name;

            public virtual bool training => isTraining;

            public virtual string GetName() => label;

            /// <summary>Registers the modules, parameters and tensors that the fields hold; null fields and known names are passed over.</summary>
            protected virtual void RegisterComponents()
            {
                if (areComponentsRegistered) return;
                foreach (var (name, field) in ComponentFields.Of(GetType()))
                {
                    if (IsRegistered(name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module child:
                            register_module(name, child);
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor buffer:
                            register_buffer(name, buffer);
                            break;
                    }
                }
                areComponentsRegistered = true;
            }

            /// <summary>Adds a child, which registers its own components first; null removes the child of that name.</summary>
            /// <exception cref="InvalidOperationException">The name is taken: remove it first.</exception>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null)
                {
                    childrenByName.Remove(name);
                    return;
                }
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (name.Contains('.', StringComparison.Ordinal)) throw new ArgumentException($"A module's name must not contain '.', but was '{name}'.", nameof(name));
                if (ReferenceEquals(submodule, this)) throw new ArgumentException("A module cannot be its own child.", nameof(submodule));
                if (childrenByName.ContainsKey(name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered; register null under that name first to replace it.");
                submodule.RegisterComponents();
                childrenByName.Add(name, submodule);
            }

            public void add_module(string name, Module? module) => register_module(name, module);

            /// <summary>Adds or replaces a parameter; null removes it.</summary>
            public virtual void register_parameter(string name, Parameter? param) => ConditionallyRegisterParameter(name, param);

            /// <param name="tensor">State that is not learned.</param>
            /// <param name="persistent">Whether it is part of the state dictionary.</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (!buffersByName.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Buffer {name} is already registered.");
            }

            /// <summary>What a property's setter calls: adds, replaces, or (null) removes a parameter.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                if (value is null) parametersByName.Remove(name);
                else parametersByName[name] = value as Parameter ?? new Parameter(value);
            }

            /// <inheritdoc cref="ConditionallyRegisterParameter(string, Tensor?)"/>
            protected void ConditionallyRegisterParameter(string name, Parameter? value) => ConditionallyRegisterParameter(name, (Tensor?)value);

            /// <summary>What a property's setter calls: adds, replaces, or (null) removes a buffer.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) buffersByName.Remove(name);
                else buffersByName[name] = (value, persistent);
            }

            protected void ClearModules() => childrenByName.Clear();

            /// <summary>Turns training mode on or off, for this module and all below it.</summary>
            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var child in childrenByName.Values) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls an action on every module below, then on this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var child in childrenByName.Values) child.apply(fn);
                fn(this);
                return this;
            }

            /// <param name="set_to_none">True drops the gradients; false fills them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    using var mode = no_grad();
                    gradient.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes of the parameters, the buffers and the children.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var parameter in parametersByName.Values) parameter.Dispose();
                foreach (var (buffer, _) in buffersByName.Values) buffer.Dispose();
                foreach (var child in childrenByName.Values) child.Dispose();
            }

            private bool IsRegistered(string name) =>
                childrenByName.ContainsKey(name) || parametersByName.ContainsKey(name) || buffersByName.ContainsKey(name);
        }
    }
}
