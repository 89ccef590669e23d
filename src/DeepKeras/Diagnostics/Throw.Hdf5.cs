namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException Hdf5(string source, string problem) =>
        new($"{source} is no usable HDF5 file: {problem}. Get a whole copy of it, or write it again with Keras.");

    public static KerasException Hdf5Missing(IReadOnlyList<string> names) =>
        new($"Keras's .h5 and .keras files need the HDF5 library, which was looked for as {string.Join(", ", names)} and not found. Install it (Debian and Ubuntu: apt-get install libhdf5-103-1, in later releases libhdf5-310; macOS: brew install hdf5; Windows: put hdf5.dll beside the program), or use .safetensors and .dkeras files, which need nothing.");

    public static KerasException Hdf5TooOld(Version found) =>
        new($"Keras's .h5 and .keras files need version 1.10 or later of the HDF5 library, but {found} was found. Install a newer one, or use .safetensors and .dkeras files.");

    public static KerasException Hdf5Type(ScalarType type) =>
        new($"A tensor of {type} cannot be written to an HDF5 file, which holds integers and real numbers. Convert it with to_type first.");

    public static KerasException KerasTheano(string source) =>
        new($"{source} was written by Keras on Theano, whose convolution kernels are mirrored, where a file written on TensorFlow, JAX or PyTorch is expected. Get the file whose name says tf_kernels, or load and save it with Keras.");

    public static KerasException KerasLayout(string source, IEnumerable<string> sets) =>
        new($"{source} is an HDF5 file, but none of Keras: it has neither 'layer_names' nor groups 'layers' and 'vars'; it holds {Names(sets.Take(8))}. Pass a file that model.save_weights, model.save or SaveWeights wrote.");

    public static KerasException KerasWeightsEnding(string path) =>
        new($"{path}: weights for Keras are written to names that end in {Serialization.KerasWeights.Ending}, which Keras asks for, not in '{Path.GetFileName(path)}'. Add .weights in front of .h5.");

    public static KerasException KerasOptimizer(string source, Optimizer optimizer, int expected, int found) =>
        new($"{source}: the state of {optimizer.Where} has {found} arrays where {expected} of the shapes of this model's weights are expected. Load the model with compile: false and compile it anew.");
}
