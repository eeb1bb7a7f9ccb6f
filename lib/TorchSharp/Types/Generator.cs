using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on one device.</summary>
    public sealed class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Native.Check(Native.tc_new_generator(this.device.Packed, seed, out handle));
        }

        private Generator(nint handle, Device device) => (this.handle, this.device) = (handle, device);

        ~Generator() => Release();

        /// <summary>The CPU's own generator, which <c>torch.manual_seed</c> seeds.</summary>
        public static Generator Default
        {
            get
            {
                Native.Check(Native.tc_default_generator(CPU.Packed, out var handle));
                return new(handle, CPU);
            }
        }

        public Device device { get; }

        internal nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.tc_generator_seed(Handle, (ulong)seed));
            return this;
        }

        /// <summary>Seeds it with the clock's entropy and returns the seed.</summary>
        public long seed()
        {
            var fresh = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
            manual_seed(fresh);
            return fresh;
        }

        public long initial_seed() => (long)Native.tc_generator_initial_seed(Handle);

        /// <returns>uint8.</returns>
        public Tensor get_state()
        {
            Native.Check(Native.tc_generator_state(Handle, out var state));
            return Tensor.Adopt(state);
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.tc_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0) Native.tc_release_generator(released);
        }
    }
}
