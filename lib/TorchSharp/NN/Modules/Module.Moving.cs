using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Replaces the parameters and buffers, here and below, by converted ones; the old ones are disposed of. Element types change for
            /// floating-point tensors only. A tensor that is registered twice stays one tensor.
            /// </summary>
            internal void Convert(Device? device, ScalarType? dtype)
            {
                using var mode = no_grad();
                Convert(device, dtype, new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance));
            }

            /// <param name="done">What was replaced so far, old to new.</param>
            internal virtual void Convert(Device? device, ScalarType? dtype, Dictionary<Tensor, Tensor> done)
            {
                foreach (var (_, child) in named_children()) child.Convert(device, dtype, done);
                foreach (var (name, parameter) in parametersByName.ToArray())
                    if (ConvertedParameter(parameter, device, dtype, done) is { } converted) Replace(name, parameter, converted, () => parametersByName[name] = converted);
                foreach (var (name, (buffer, persistent)) in buffersByName.ToArray())
                    if (ConvertedBuffer(buffer, device, dtype, done) is { } converted) Replace(name, buffer, converted, () => buffersByName[name] = (converted, persistent));
            }

            /// <returns>Null where nothing changes.</returns>
            internal static Parameter? ConvertedParameter(Parameter parameter, Device? device, ScalarType? dtype, Dictionary<Tensor, Tensor> done)
            {
                if (done.TryGetValue(parameter, out var known)) return (Parameter)known;
                if (!Changes(parameter, device, ref dtype)) return null;
                using var scope = NewDisposeScope();
                var converted = new Parameter(parameter.to(dtype ?? parameter.dtype, device ?? parameter.device), parameter.requires_grad);
                converted.DetachFromDisposeScope();
                if (parameter.grad is { } gradient) converted.grad = gradient.to(dtype ?? parameter.dtype, device ?? parameter.device);
                done.Add(parameter, converted);
                return converted;
            }

            private static Tensor? ConvertedBuffer(Tensor buffer, Device? device, ScalarType? dtype, Dictionary<Tensor, Tensor> done)
            {
                if (done.TryGetValue(buffer, out var known)) return known;
                if (!Changes(buffer, device, ref dtype)) return null;
                var converted = buffer.to(dtype ?? buffer.dtype, device ?? buffer.device).DetachFromDisposeScope();
                done.Add(buffer, converted);
                return converted;
            }

            private static bool Changes(Tensor tensor, Device? device, ref ScalarType? dtype)
            {
                if (tensor.IsInvalid) return false;
                if (!is_floating_point(tensor.dtype) && !is_complex(tensor.dtype)) dtype = null;
                return (dtype is { } type && type != tensor.dtype)
                    || (device is not null && (device.type != tensor.device_type || (device.index >= 0 && device.index != tensor.device_index && device.type != DeviceType.CPU)));
            }

            // A property of the name is the module's own way of taking a new value; else the field is set.
            private void Replace(string name, Tensor old, Tensor converted, Action register)
            {
                register();
                if (Property(name) is { } property)
                {
                    property.SetValue(this, converted);
                    register();
                }
                else
                {
                    foreach (var (fieldName, field) in ComponentFields.Of(GetType()))
                        if (fieldName == name) field.SetValue(this, converted);
                }
                if (!old.IsInvalid) old.Dispose();
            }

            private PropertyInfo? Property(string name)
            {
                for (var level = GetType(); level is not null && level != typeof(Module); level = level.BaseType)
                {
                    var property = level.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
                    if (property is not null && property.GetIndexParameters().Length == 0) return property;
                }
                return null;
            }
        }
    }
}
