namespace DeepKeras.Layers;

/// <summary>
/// Images with what is known about them, so that an <see cref="ImageAugmentationLayer"/> can move all of it together.
/// </summary>
/// <param name="Images">A batch <c>(N, H, W, C)</c> or one image <c>(H, W, C)</c>, in the layer's data format. One image carries everything below without the axis N.</param>
/// <param name="Labels">Classes as shares, <c>(N, classes)</c> (see <see cref="Keras.ToCategorical"/>); only <see cref="MixUp"/> and <see cref="CutMix"/> change them.</param>
/// <param name="Boxes">
/// Boxes <c>(N, M, 4)</c> as <c>(xMin, yMin, xMax, yMax)</c> in pixels: pixel i reaches from i to i + 1, so a box around the whole image is (0, 0, W, H).
/// Images with fewer than M boxes are filled up with rows of −1.
/// </param>
/// <param name="BoxLabels">Whole numbers <c>(N, M)</c>, the class of each box.</param>
/// <param name="Masks">Masks <c>(N, H, W, K)</c> of any number type, in the layer's data format; their pixels are moved, never mixed with their neighbours.</param>
/// <remarks>
/// A box of which nothing is left inside the image, or that covers no area, becomes a row of −1, and its label −1: the number of rows stays.
/// <code>var moved = new RandomRotation(0.1).Apply(new ImageSamples(images, Boxes: boxes, Masks: masks));</code>
/// </remarks>
public sealed record ImageSamples(Tensor Images, Tensor? Labels = null, Tensor? Boxes = null, Tensor? BoxLabels = null, Tensor? Masks = null);
