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
        /// Loads a weight file of this network as torchvision writes it (<c>.pth</c>, safetensors). A network without its classifier takes the rest of a whole
        /// network's file. Nothing is changed when anything does not fit.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest, instead of refusing the file: for a classifier of other classes.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="KerasException">The model is no network of the zoo, the file is damaged, or keys or shapes differ; the message names every one.</exception>
        /// <remarks><code>net.LoadPretrained("resnet50-0676ba61.pth");</code></remarks>
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
        /// Prepares photos as this network's published weights want them: resized, the middle cut out, colours normalised (Keras: <c>preprocess_input</c>).
        /// Photos that have the network's input size already are only normalised; for a network of another input size the transform is scaled to it.
        /// </summary>
        /// <param name="images">Photos (N, H, W, 3) or one (H, W, 3) of 0 … 255, of bytes or of floats.</param>
        /// <returns>Floats (N, h, w, 3) of the network's input size.</returns>
        /// <exception cref="KerasException">The images are not of three colours, or nobody publishes weights of this network.</exception>
        /// <remarks><code>var likeliest = net.DecodePredictions(net.Predict(net.Preprocess(photo)))[0][0];</code></remarks>
        public Tensor Preprocess(Tensor images)
        {
            ArgumentNullException.ThrowIfNull(images);
            var names = WeightNames.Of(model);
            var transform = (names?.Set ?? (names is null ? null : (WeightSets.Of(names.Network) is [var first, ..] ? first : null)))?.Transform ?? throw Throw.NoTransform(model.Name);
            var (height, width) = (model.Inputs[0].Shape[1], model.Inputs[0].Shape[2]);
            if (images.ndim is 3 or 4 && images.shape[^3] == height && images.shape[^2] == width)
            {
                using var scope = torch.NewDisposeScope();
                return ImageNetTransform.Normalize(images.ndim == 3 ? images.unsqueeze(0) : images).MoveToOuterDisposeScope();
            }
            if (height is { } side && height == width && side != transform.Crop) transform = transform with { Resize = (int)(transform.Resize * side / transform.Crop), Crop = (int)side };
            return transform.Apply(images);
        }

        /// <summary>Says in words what this network, trained on ImageNet, sees (Keras: <c>decode_predictions</c>).</summary>
        /// <param name="predictions">What <c>Predict</c> returned: class probabilities (N, 1000).</param>
        /// <param name="top">How many classes to name per image, 1 to 1000; 5 by default.</param>
        /// <returns>For each image its likeliest classes, the likeliest first.</returns>
        /// <exception cref="KerasException">There are not 1000 classes, or <paramref name="top"/> is out of range.</exception>
        /// <remarks><code>var likeliest = net.DecodePredictions(net.Predict(images))[0][0];</code></remarks>
        public IReadOnlyList<IReadOnlyList<ClassPrediction>> DecodePredictions(Tensor predictions, int top = 5)
        {
            ArgumentNullException.ThrowIfNull(model);
            return Zoo.DecodePredictions(predictions, top);
        }
    }
}
