using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The module's own parameters, its persistent buffers, then its children's state, by path. The tensors are the module's own,
            /// not copies.
            /// </summary>
            /// <param name="destination">Where to add them; null makes a new dictionary.</param>
            /// <param name="prefix">Goes before every name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (name, parameter) in named_parameters(recurse: false)) destination.TryAdd(Path(prefix, name), parameter);
                foreach (var (name, buffer) in named_buffers(recurse: false, include_nonpersistent: false)) destination.TryAdd(Path(prefix, name), buffer);
                foreach (var (name, child) in named_children()) child.state_dict(destination, Path(prefix, name));
                return destination;
            }

            /// <summary>Copies a state dictionary's values into the module's own tensors, converting types and devices.</summary>
            /// <param name="source">By the names of <see cref="state_dict"/>.</param>
            /// <param name="strict">Whether a missing or unexpected name is an error.</param>
            /// <param name="skip">Names to leave alone on both sides.</param>
            /// <exception cref="InvalidOperationException">Strict, and the names differ.</exception>
            /// <exception cref="ExternalException">A shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var skipped = new HashSet<string>(skip ?? []);
                var own = state_dict();
                var missing = own.Keys.Where(name => !skipped.Contains(name) && !source.ContainsKey(name)).ToList();
                var unexpected = source.Keys.Where(name => !skipped.Contains(name) && !own.ContainsKey(name)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException($"The state dictionary does not fit {GetName()}: missing {List(missing)}; unexpected {List(unexpected)}.");

                using var mode = no_grad();
                foreach (var (name, value) in source)
                {
                    if (skipped.Contains(name) || !own.TryGetValue(name, out var target)) continue;
                    if (!target.shape.AsSpan().SequenceEqual(value.shape))
                        throw new ExternalException($"{name} must have the shape [{string.Join(", ", target.shape)}], but the state dictionary's has [{string.Join(", ", value.shape)}].");
                    target.copy_(value);
                }
                return (missing, unexpected);
            }

            /// <summary>Writes the state in TorchSharp's own format (<c>.dat</c>), by way of a temporary file.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                ArgumentException.ThrowIfNullOrEmpty(location);
                StateFile.WriteAtomically(location, writer => save_state_dict(writer, state_dict(), skip));
                return this;
            }

            /// <summary>Writes the state in TorchSharp's own format, and closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes the state in TorchSharp's own format.</summary>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes a state dictionary in TorchSharp's own format.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                ArgumentNullException.ThrowIfNull(sd);
                var kept = sd.Where(entry => skip?.Contains(entry.Key) != true).ToList();
                StateFile.WriteNumber(writer, kept.Count);
                foreach (var (name, tensor) in kept)
                {
                    writer.Write(name);
                    StateFile.Write(writer, tensor);
                }
            }

            /// <summary>Reads a file in TorchSharp's own format into the module's tensors; types and shapes must be equal.</summary>
            /// <param name="strict">Whether the names must be the module's, all of them.</param>
            /// <param name="skip">Names to read past.</param>
            /// <param name="loadedParameters">Receives every name of the file, and whether the module has it.</param>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"{location} does not exist.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads the state, and closes the stream.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                var own = state_dict();
                var count = StateFile.ReadNumber(reader);
                if (strict && count != own.Count)
                    throw new ArgumentException($"Mismatched state_dict sizes: {GetName()} has {own.Count} entries, but the file has {count}.");
                using var mode = no_grad();
                for (var i = 0L; i < count; i++)
                {
                    var name = reader.ReadString();
                    var isKnown = own.TryGetValue(name, out var target);
                    if (strict && !isKnown) throw new ArgumentException($"Mismatched module state names: {GetName()} has no parameter or buffer named '{name}'.");
                    var isWanted = isKnown && skip?.Contains(name) != true;
                    StateFile.Read(reader, name, isWanted ? target : null);
                    loadedParameters?.Add(name, isKnown);
                }
                return this;
            }

            private static string Path(string? prefix, string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";

            private static string List(List<string> names) => names.Count switch
            {
                0 => "none",
                <= 8 => string.Join(", ", names),
                _ => $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more",
            };
        }
    }
}
