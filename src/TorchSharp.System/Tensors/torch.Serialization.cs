namespace TorchSharp;

// One tensor in a file, in TorchSharp's own format.
public static partial class torch
{
    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);

    public partial class Tensor
    {
        public void save(string location) => this.Save(location);

        public static Tensor load(string location)
        {
            using var reader = new BinaryReader(File.OpenRead(location));
            return TensorExtensionMethods.Load(reader);
        }

        public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);
    }
}
