namespace DeepKeras.Applications;

/// <summary>What a network of the zoo can do beyond other models.</summary>
public static class ModelExtensions
{
    extension(Model model)
    {
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
