using DeepKeras.Applications.Building;
using DeepKeras.Applications.Pretrained;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

/// <summary>What a network of the zoo can do beyond other models.</summary>
public static class ModelExtensions
{
    extension(Model model)
    {
        /// <summary>
        /// Loads a weight file of this network as torchvision writes it (<c>.pth</c>, safetensors), or one of Keras (<c>.weights.h5</c>, <c>.h5</c>). A network
        /// without its classifier takes the rest of a whole network's file. Nothing is changed when anything does not fit.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest, instead of refusing the file: for a classifier of other classes.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="KerasException">The model is no network of the zoo, the file is damaged, or keys or shapes differ; the message names every one.</exception>
        /// <remarks>
        /// A file of <c>keras.applications</c> goes by the names of its layers. Of those networks VGG is the same here, and wants its images as Keras prepares them
        /// (<c>preprocess_input</c>), not as <c>Preprocess</c> does. Others differ in biases, which is refused, or, as MobileNet v2, in borders and the epsilon of
        /// batch normalization alone: such a file fits, but what it computes is not quite what it computes in Keras. A <c>.weights.h5</c> that does not name its
        /// layers, as those of Keras 3.5, fits only the network with the same layers, its classifier included.
        /// <code>net.LoadPretrained("resnet50-0676ba61.pth");</code>
        /// </remarks>
        public WeightReport LoadPretrained(string path, bool skipMismatch = false) => (WeightNames.Of(model) ?? throw Throw.NoWeightNames(model.Name)).Load(model, path, skipMismatch);

        /// <summary>Loads a weight file of this network from a stream.</summary>
        /// <param name="stream">A whole file, from where the stream stands to its end.</param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="KerasException">As for a file.</exception>
        public WeightReport LoadPretrained(Stream stream, bool skipMismatch = false)
        {
            ArgumentNullException.ThrowIfNull(stream);
            // Readers go back and forth in the file, which a stream from a network cannot.
            var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.weights");
            try
            {
                using (var file = File.Create(path)) stream.CopyTo(file);
                return model.LoadPretrained(path, skipMismatch);
            }
            finally
            {
                File.Delete(path);
            }
        }

        /// <summary>Writes the weights under torchvision's names, so that PyTorch loads them: <c>torch.load</c> for <c>.pth</c>.</summary>
        /// <param name="path">A name that ends in .pth, .pt or .safetensors.</param>
        /// <exception cref="KerasException">The model is no network of the zoo, or the file cannot be written.</exception>
        public void SavePretrained(string path) => model.SaveWeights(path, (WeightNames.Of(model) ?? throw Throw.NoWeightNames(model.Name)).Map);

        /// <summary>
        /// Prepares images as this network's trained weights want them: resized, the middle cut out, colours normalised (Keras: <c>preprocess_input</c>).
        /// Images that have the network's input size already are only normalised; for a network of another input size the transform is scaled to it.
        /// </summary>
        /// <param name="images">Images (N, H, W, C) or one (H, W, C) of 0 … 255, of bytes or of floats; for networks of one channel also (N, H, W).</param>
        /// <returns>Floats (N, h, w, C) of the network's input size.</returns>
        /// <exception cref="KerasException">The images have other channels, or there are no trained weights of this network.</exception>
        /// <remarks><code>var likeliest = net.DecodePredictions(net.Predict(net.Preprocess(photo)))[0][0];</code></remarks>
        public Tensor Preprocess(Tensor images)
        {
            ArgumentNullException.ThrowIfNull(images);
            var transform = WeightNames.Of(model)?.Usual?.Transform ?? throw Throw.NoTransform(model.Name);
            return transform.Apply(images, model.Inputs[0].Shape[1], model.Inputs[0].Shape[2]);
        }

        /// <summary>Says in words what this network sees, by the classes of its weights; of ImageNet where it has none of its own (Keras: <c>decode_predictions</c>).</summary>
        /// <param name="predictions">What <c>Predict</c> returned: class probabilities (N, classes).</param>
        /// <param name="top">How many classes to name per image, at least 1; 5 by default.</param>
        /// <returns>For each image its likeliest classes, the likeliest first.</returns>
        /// <exception cref="KerasException">There are other classes, or <paramref name="top"/> is out of range.</exception>
        /// <remarks><code>var likeliest = net.DecodePredictions(net.Predict(images))[0][0];</code></remarks>
        public IReadOnlyList<IReadOnlyList<ClassPrediction>> DecodePredictions(Tensor predictions, int top = 5)
        {
            ArgumentNullException.ThrowIfNull(model);
            return WeightNames.Of(model)?.Usual is { } set ? Zoo.Decode(predictions, top, set.ClassNames, set.DataSet) : Zoo.DecodePredictions(predictions, top);
        }
    }
}
