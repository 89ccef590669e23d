// The convolutional network of the CIFAR-10 lecture: 1,250,858 parameters.
// usage: cifar10-cnn [epochs] [cifar10.zip]
using System.Globalization;
using DeepKeras.Inspection;
using DeepKeras.Vision;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 12;
string[] classNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
SetRandomSeed(3);

var ((xTrainRaw, yTrainRaw), (xTestRaw, yTestRaw)) = Cifar10Source.Load(args.Length > 1 ? args[1] : null, classNames);
Console.WriteLine($"{xTrainRaw.shape[0]} training images, {xTestRaw.shape[0]} test images of 32x32x3");
var yTrain = ToCategorical(yTrainRaw, 10);
var yTest = ToCategorical(yTestRaw, 10);

// The images stay bytes until each batch; the first layer scales them to 0 … 1.
Sequential model =
[
    Rescaling(1 / 255.0, inputShape: (32, 32, 3)),
    Conv2D(32, (3, 3), padding: "same", activation: "relu"),
    Conv2D(32, (3, 3), activation: "relu"),
    MaxPooling2D(poolSize: (2, 2)),
    Dropout(0.25),
    Conv2D(64, (3, 3), padding: "same", activation: "relu"),
    Conv2D(64, (3, 3), activation: "relu"),
    MaxPooling2D(poolSize: (2, 2)),
    Dropout(0.25),
    Flatten(),
    Dense(512, activation: "relu"),
    Dropout(0.5),
    Dense(10, activation: "softmax"),
];
model.Diagram();
model.Compile(loss: "categorical_crossentropy", optimizer: new RMSprop(learningRate: 0.0005), metrics: ["accuracy"]);
model.Fit(xTrainRaw, yTrain, batchSize: 64, epochs: epochs, validationData: (xTestRaw, yTest));

var score = model.Evaluate(xTestRaw, yTest, batchSize: 500, verbose: 0);
Console.WriteLine(ConfusionMatrix.Of(yTest, model.Predict(xTestRaw, batchSize: 500), classNames));
Console.WriteLine($"Test accuracy {score["accuracy"]:0.0000}; the lecture's confusion matrix shows 0.7643.");
